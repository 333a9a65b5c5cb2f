using System.Text.Json;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Tables;

/// <summary>Reads the table of a user's space: which of its columns are decisions, accuracies and latencies, and its rows.</summary>
internal sealed class SpaceTableReader(IReadOnlyList<Decision> decisions, IReadOnlyList<ForbiddenPair> forbidden, SpaceJson source)
{
    /// <summary>Fewest rows: with fewer there is nothing to search.</summary>
    public const int MinRows = 12;

    // Faults of rows beyond these say nothing new.
    private const int MaxRowFaults = 20;

    private const string Pointer = "/table";
    private const string Csv = "/table/csv";

    private static readonly string[] Members = ["csv", "accuracies", "latencies", "paramsM", "flopsM"];

    private readonly List<byte[]> _rows = [];
    private readonly Dictionary<string, int> _seen = [];
    private string[] _header = [];
    private string[][] _fields = [];

    public SpaceDefinition? Read(JsonElement table, string name, double[][]? complexities)
    {
        if (!source.IsObject(table, Pointer, Members))
        {
            return null;
        }

        if (!table.TryGetProperty("csv", out JsonElement csv) || csv.ValueKind != JsonValueKind.String
            || csv.GetString()!.Trim().Length == 0)
        {
            source.Fault(Csv, "must be the text of the table, its header line first");
            return null;
        }

        ReadRows(csv.GetString()!);
        Dictionary<string, string> accuracies = Names(table, "accuracies", "data set");
        Dictionary<string, string> latencies = Names(table, "latencies", "device");
        string? parameters = Optional(table, "paramsM");
        string? flops = Optional(table, "flopsM");
        if (source.Faults.Count > 0)
        {
            return null;
        }

        SpaceDefinition definition = new(
            name,
            decisions,
            complexities,
            _rows,
            accuracies.ToDictionary(
                named => named.Key,
                named => Numbers(named.Value, value => value is >= 0 and <= 100, "a percentage from 0 to 100", mayBeEmpty: false)),
            latencies.ToDictionary(
                named => named.Key,
                named => Numbers(named.Value, value => value is > 0 and < 1e9,
                    "a number of milliseconds over 0, or empty where the device cannot run it", mayBeEmpty: true)),
            parameters is null
                ? null
                : Numbers(parameters, value => value is > 0 and < 1e9, "a number of millions over 0", mayBeEmpty: false),
            flops is null ? null : Numbers(flops, value => value is > 0 and < 1e12, "a number of millions over 0", mayBeEmpty: false));
        foreach ((string device, double[] values) in definition.Latencies.Where(column => !Array.Exists(column.Value, double.IsFinite)))
        {
            source.Fault($"{Pointer}/latencies/{device}",
                $"its column is empty in all {values.Length} rows; give the latencies or leave the device out");
        }

        return source.Faults.Count == 0 ? definition : null;
    }

    private void ReadRows(string csv)
    {
        string[] lines = csv.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        _header = lines[0].Split(',', StringSplitOptions.TrimEntries);
        if (_header.GroupBy(column => column).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            source.Fault(Csv, $"line 1 has the column '{SpaceJson.Quote(twice.Key)}' twice");
        }

        int[] places = [.. decisions.Select(decision => Array.IndexOf(_header, decision.Name))];
        foreach (Decision decision in decisions.Where((_, place) => places[place] < 0))
        {
            source.Fault(Csv, $"line 1 has no column {decision.Name}: give each decision a column of its name");
        }

        if (lines.Length - 1 < MinRows)
        {
            source.Fault(Csv, $"has {lines.Length - 1} rows; give {MinRows} or more");
        }

        if (source.Faults.Count > 0)
        {
            return;
        }

        _fields = Array.ConvertAll(lines[1..], line => line.Split(',', StringSplitOptions.TrimEntries));
        for (int row = 0; row < _fields.Length && source.Faults.Count < MaxRowFaults; row++)
        {
            ReadRow(row, places);
        }
    }

    private void ReadRow(int row, int[] places)
    {
        string[] fields = _fields[row];
        if (fields.Length != _header.Length)
        {
            Fault(row, $"has {fields.Length} fields, and the header {_header.Length}");
            return;
        }

        byte[] genotype = new byte[decisions.Count];
        for (int place = 0; place < genotype.Length; place++)
        {
            string field = fields[places[place]];
            int choice = decisions[place].Find(field);
            if (choice < 0)
            {
                Fault(
                    row,
                    $"'{SpaceJson.Quote(field)}' is no choice of {decisions[place].Name}; its choices are "
                        + $"{string.Join(", ", decisions[place].Choices)}");
                return;
            }

            genotype[place] = (byte)choice;
        }

        if (forbidden.Any(pair => pair.Meets(genotype)))
        {
            ForbiddenPair met = forbidden.First(pair => pair.Meets(genotype));
            Fault(
                row,
                $"has {decisions[met.First].Name} {decisions[met.First].Choices[met.FirstChoice]} with {decisions[met.Second].Name} "
                    + $"{decisions[met.Second].Choices[met.SecondChoice]}, which is forbidden");
        }
        else if (!_seen.TryAdd(Convert.ToHexString(genotype), row))
        {
            Fault(row, $"has the choices of line {_seen[Convert.ToHexString(genotype)] + 2} again; give each architecture once");
        }

        _rows.Add(genotype);
    }

    /// <summary>An object of names with their columns.</summary>
    private Dictionary<string, string> Names(JsonElement table, string member, string what)
    {
        Dictionary<string, string> names = [];
        if (!table.TryGetProperty(member, out JsonElement json) || json.ValueKind != JsonValueKind.Object || !json.EnumerateObject().Any())
        {
            source.Fault($"{Pointer}/{member}", $"must be an object of one {what} or more, each with its column");
            return names;
        }

        foreach (JsonProperty named in json.EnumerateObject())
        {
            string pointer = $"{Pointer}/{member}/{SpaceJson.Token(named.Name)}";
            if (!DeviceNames.IsValid(named.Name))
            {
                source.Fault(pointer, $"is no name of a {what}: {DeviceNames.Rule}");
            }
            else if (Column(named.Value, pointer) is { } column)
            {
                names.Add(named.Name, column);
            }
        }

        return names;
    }

    private string? Optional(JsonElement table, string member)
        => table.TryGetProperty(member, out JsonElement json) ? Column(json, $"{Pointer}/{member}") : null;

    private string? Column(JsonElement json, string pointer)
    {
        string? column = json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        if (column is not null && _header.Contains(column))
        {
            return column;
        }

        source.Fault(
            pointer, $"must be a column of the table: {string.Join(", ", _header.Except(decisions.Select(decision => decision.Name)))}");
        return null;
    }

    private double[] Numbers(string column, Func<double, bool> isAllowed, string what, bool mayBeEmpty)
    {
        int place = Array.IndexOf(_header, column);
        double[] values = new double[_fields.Length];
        for (int row = 0; row < values.Length && source.Faults.Count < MaxRowFaults; row++)
        {
            string field = _fields[row][place];
            if (field.Length == 0 && mayBeEmpty)
            {
                values[row] = double.NaN;
            }
            else if (!double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out values[row]) || !isAllowed(values[row]))
            {
                Fault(row, $"column {column}: '{SpaceJson.Quote(field)}' is not allowed; give {what}");
            }
        }

        return values;
    }

    private void Fault(int row, string message) => source.Fault(Csv, $"line {row + 2}: {message}");
}
