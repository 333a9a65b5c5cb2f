using System.Text.Json;

namespace PelNas.LoopbackModels;

/// <summary>The recorded prior of a language model: its answers to the question for a prior, by data set and device.</summary>
public static class RecordedPrior
{
    private static readonly Lazy<IReadOnlyDictionary<(string Dataset, string Device), string>> All = new(Read);

    /// <summary>The data sets and devices that there are answers for.</summary>
    public static IEnumerable<(string Dataset, string Device)> Contexts => All.Value.Keys;

    /// <summary>The answer to a question for a prior, or null when the user message is another question.</summary>
    /// <param name="userMessage">The payload.</param>
    public static string? Answer(string userMessage)
    {
        using JsonDocument payload = JsonDocument.Parse(userMessage);
        return payload.RootElement.TryGetProperty("prompt", out JsonElement prompt)
            && prompt.GetString()!.StartsWith("prior.", StringComparison.Ordinal)
            ? Answer(
                payload.RootElement.GetProperty("objective").GetProperty("dataset").GetString()!,
                payload.RootElement.GetProperty("objective").GetProperty("device").GetString()!)
            : null;
    }

    /// <summary>The answer for a data set and a device.</summary>
    public static string Answer(string dataset, string device) => All.Value[(dataset, device)];

    private static Dictionary<(string Dataset, string Device), string> Read()
    {
        using Stream stream = typeof(RecordedPrior).Assembly.GetManifestResourceStream("prior-answers.jsonl")!;
        using StreamReader reader = new(stream);
        Dictionary<(string Dataset, string Device), string> answers = [];
        while (reader.ReadLine() is { } line)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            answers.Add(
                (document.RootElement.GetProperty("dataset").GetString()!, document.RootElement.GetProperty("device").GetString()!),
                document.RootElement.GetProperty("answer").GetRawText());
        }

        return answers;
    }
}
