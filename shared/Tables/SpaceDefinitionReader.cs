using System.Text.Json;
using System.Text.RegularExpressions;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Tables;

/// <summary>Reads a user's definition of a space (docs/space.schema.json) and says of every mistake where it is and what to give.</summary>
public sealed partial class SpaceDefinitionReader
{
    /// <summary>Most bytes of a definition with its table: what a row of the store holds.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Most decisions.</summary>
    public const int MaxDecisions = 64;

    private static readonly string[] Members = ["name", "decisions", "forbidden", "table"];

    private readonly SpaceJson _json = new();

    private SpaceDefinitionReader()
    {
    }

    /// <summary>Reads a definition; null with the faults where there are any.</summary>
    /// <param name="json">The definition.</param>
    /// <param name="faults">What is wrong.</param>
    public static SpaceDefinition? Read(string json, out IReadOnlyList<SpaceFault> faults)
    {
        SpaceDefinitionReader reader = new();
        faults = reader._json.Faults;
        if (System.Text.Encoding.UTF8.GetByteCount(json) > MaxBytes)
        {
            reader._json.Fault(
                "", $"is longer than {MaxBytes / 1024} KiB with its table; leave out columns, or measure fewer architectures");
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            SpaceDefinition? definition = reader.Read(document.RootElement);
            return reader._json.Faults.Count == 0 ? definition : null;
        }
        catch (JsonException exception)
        {
            string place = exception.LineNumber is { } line ? $" (line {line + 1})" : "";
            reader._json.Fault("", $"is not well-formed JSON{place}: {exception.Message.Split(" LineNumber:", 2)[0].TrimEnd('.')}");
            return null;
        }
    }

    private SpaceDefinition? Read(JsonElement root)
    {
        if (!_json.IsObject(root, "", Members))
        {
            return null;
        }

        string name = _json.Text(root, "", "name") is { } text && IsFree(text) ? text : "";
        List<Decision> decisions = [];
        List<double[]?> complexities = [];
        if (_json.List(root, "", "decisions", 1, MaxDecisions) is { } items)
        {
            foreach ((int place, JsonElement item) in items.Index())
            {
                ReadDecision(item, $"/decisions/{place}", decisions, complexities);
            }
        }

        if (complexities.Contains(null) && complexities.Any(complexity => complexity is not null))
        {
            _json.Fault($"/decisions/{complexities.IndexOf(null)}",
                "lacks complexity, which other decisions have; give it for all of them or for none");
        }

        bool areRead = _json.Faults.Count == 0;
        List<ForbiddenPair> forbidden = areRead ? Forbidden(root, decisions) : [];
        double[][]? told = complexities.Contains(null) ? null : [.. complexities.Select(complexity => complexity!)];
        return !areRead || _json.Faults.Count > 0 ? null
            : root.TryGetProperty("table", out JsonElement table)
            ? new SpaceTableReader(decisions, forbidden, _json).Read(table, name, told)
            : Open(name, new DecisionSpace(decisions, forbidden), told);
    }

    /// <summary>A space without a table has to have what there is to search.</summary>
    private SpaceDefinition? Open(string name, DecisionSpace space, double[][]? complexities)
    {
        int sample = space.Sample(SpaceTableReader.MinRows, new Random(0)).Count;
        if (sample < SpaceTableReader.MinRows)
        {
            _json.Fault(space.Combinations < SpaceTableReader.MinRows ? "/decisions" : "/forbidden",
                $"leaves hardly any architecture to search ({sample} were found); {SpaceTableReader.MinRows} or more are needed");
            return null;
        }

        return new SpaceDefinition(
            name, space.Decisions, complexities, [], new Dictionary<string, double[]>(), new Dictionary<string, double[]>(),
            null, null, space);
    }

    private bool IsFree(string name)
    {
        if (!DeviceNames.IsValid(name))
        {
            _json.Fault("/name", $"'{SpaceJson.Quote(name)}' is no name of a space: {DeviceNames.Rule}");
            return false;
        }

        if (name == NasBench201.Instance.Name || BenchmarkTables.OtherSpaces.Contains(name))
        {
            _json.Fault("/name", $"'{name}' is the name of a space that ships; give another");
            return false;
        }

        return true;
    }

    private void ReadDecision(JsonElement item, string pointer, List<Decision> decisions, List<double[]?> complexities)
    {
        if (!_json.IsObject(item, pointer, ["name", "choices", "complexity"]))
        {
            return;
        }

        string? name = _json.Text(item, pointer, "name");
        if (name is not null && !Word().IsMatch(name))
        {
            _json.Fault(
                $"{pointer}/name", $"'{SpaceJson.Quote(name)}' is no name of a decision: give up to 40 letters, digits, '_', '.' and '-'");
        }
        else if (name is not null && decisions.Exists(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            _json.Fault($"{pointer}/name", $"'{name}' is the name of an earlier decision; give each its own");
        }

        List<string> choices = [];
        if (_json.List(item, pointer, "choices", 2, TableSpace.MaxChoices) is { } listed)
        {
            foreach ((int place, JsonElement choice) in listed.Index())
            {
                string text = choice.ValueKind is JsonValueKind.String
                    ? choice.GetString()!
                    : choice.ValueKind is JsonValueKind.Number ? choice.GetRawText()
                    : "";
                if (!Word().IsMatch(text))
                {
                    _json.Fault($"{pointer}/choices/{place}", "is no choice: give a number, or up to 40 letters, digits, '_', '.' and '-'");
                }
                else if (choices.Contains(text, StringComparer.OrdinalIgnoreCase))
                {
                    _json.Fault($"{pointer}/choices/{place}", $"'{text}' is listed twice; list each choice once");
                }

                choices.Add(text);
            }
        }

        decisions.Add(new Decision(name ?? "", choices));
        complexities.Add(Complexity(item, pointer, choices.Count));
    }

    private double[]? Complexity(JsonElement item, string pointer, int choices)
    {
        if (!item.TryGetProperty("complexity", out _)
            || _json.List(item, pointer, "complexity", 1, TableSpace.MaxChoices) is not { } listed)
        {
            return null;
        }

        if (choices > 0 && listed.Length != choices)
        {
            _json.Fault($"{pointer}/complexity", $"has {listed.Length} numbers for {choices} choices; give one a choice");
        }

        foreach ((int place, JsonElement number) in listed.Index().Where(number => !IsNumber(number.Item)))
        {
            _json.Fault(
                $"{pointer}/complexity/{place}", $"'{SpaceJson.Quote(number.GetRawText())}' is not allowed; give a number from 0 to 1e12");
        }

        return [.. listed.Select(number => IsNumber(number) ? number.GetDouble() : 0)];

        static bool IsNumber(JsonElement number) => number.ValueKind == JsonValueKind.Number && number.GetDouble() is >= 0 and <= 1e12;
    }

    private List<ForbiddenPair> Forbidden(JsonElement root, List<Decision> decisions)
    {
        List<ForbiddenPair> pairs = [];
        if (!root.TryGetProperty("forbidden", out _) || _json.List(root, "", "forbidden", 0, 10_000) is not { } listed)
        {
            return pairs;
        }

        foreach ((int place, JsonElement item) in listed.Index())
        {
            string pointer = $"/forbidden/{place}";
            JsonProperty[] ends = item.ValueKind == JsonValueKind.Object ? [.. item.EnumerateObject()] : [];
            if (ends.Length != 2)
            {
                _json.Fault(pointer, "must be an object of two decisions with the choices that do not go together");
                continue;
            }

            (int Decision, byte Choice)?[] found = Array.ConvertAll(ends, end => Find(end, pointer, decisions));
            if (found is [{ } first, { } second])
            {
                pairs.Add(new ForbiddenPair(first.Decision, first.Choice, second.Decision, second.Choice));
            }
        }

        return pairs;
    }

    private (int Decision, byte Choice)? Find(JsonProperty end, string pair, List<Decision> decisions)
    {
        string pointer = $"{pair}/{SpaceJson.Token(end.Name)}";
        int decision = decisions.FindIndex(other => other.Name == end.Name);
        if (decision < 0)
        {
            _json.Fault(
                pointer,
                $"there is no decision '{SpaceJson.Quote(end.Name)}'; the decisions are "
                    + $"{string.Join(", ", decisions.Select(other => other.Name))}");
            return null;
        }

        string text = end.Value.ValueKind == JsonValueKind.String ? end.Value.GetString()! : end.Value.GetRawText();
        int choice = decisions[decision].Find(text);
        if (choice < 0)
        {
            _json.Fault(
                pointer,
                $"'{SpaceJson.Quote(text)}' is no choice of {end.Name}; its choices are {string.Join(", ", decisions[decision].Choices)}");
            return null;
        }

        return (decision, (byte)choice);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.\-]{1,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
