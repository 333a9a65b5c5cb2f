using System.Text.Encodings.Web;

namespace PelNas.Shared.Tests.Proposer.Answers;

/// <summary>Ways in which models write a good answer, and what they write around it.</summary>
internal static class AnswerNoise
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Notations. Those that are proper JSON, or carry it whole, take any text.</summary>
    public static Dictionary<string, (bool TakesAnyText, Func<AnswerSample, string> Write)> Notations { get; } = new()
    {
        ["JSON"] = (true, sample => new Pen().Write(sample)),
        ["indented JSON"] = (true, sample => new Pen { Between = "\n  " }.Write(sample)),
        ["names in capitals"] = (true, sample => new Pen { Name = name => $"\"{name.ToUpperInvariant()}\"" }.Write(sample)),
        ["names without quotes"] = (true, sample => new Pen { Name = name => name }.Write(sample)),
        ["trailing commas"] = (true, sample => new Pen { End = "," }.Write(sample)),
        ["comments"] = (true, sample => new Pen { Between = " /* here */ // and \"there\n" }.Write(sample)),
        ["invisible characters"] = (true, sample => "\uFEFF" + new Pen { Between = "\u200B\u00A0" }.Write(sample)),
        ["no comma between items"] = (true, sample => new Pen { ItemComma = "\n" }.Write(sample)),
        ["no comma between members"] = (true, sample => new Pen { Comma = "\n" }.Write(sample)),
        ["no brace at the end of an item"] = (true, sample => new Pen { CloseItem = "" }.Write(sample)),
        ["no bracket at the end of the list"] = (true, sample => new Pen { CloseList = "" }.Write(sample)),
        ["nothing at the end"] = (true, sample => new Pen { CloseList = "", CloseAll = "" }.Write(sample)),
        ["no object around the list"] = (true, sample => $"[{new Pen().Items(sample)}]"),
        ["another name of the list"] = (true, sample => $"{{\"result\":[{new Pen().Items(sample)}]}}"),
        ["one object a line"] = (true, sample => new Pen { ItemComma = "\n" }.Items(sample)),
        ["a numbered list of objects"] = (true, sample => Numbered(sample, "{0}. {1}", "\n")),
        ["an object of numbered objects"] = (true, sample => $"{{\"{sample.List}\":{{{Numbered(sample, "\"{0}\":{1}", ",")}}}}}"),
        ["wrappers"] = (true, sample => $$"""{"status":"ok","answer":[{"usage":{"tokens":[1,2]},"text":{{new Pen().Write(sample)}} }]}"""),
        ["arguments of a tool"] = (true, sample => $$"""{"name":"answer","arguments":{{AsText(new Pen().Write(sample))}}}"""),
        ["code fences in the middle"] = (true, sample => $"```json\n{new Pen { ItemComma = ",\n```\n\n```json\n" }.Write(sample)}\n```"),
        ["single quotes"] = (false, sample => new Pen { Open = "'", Close = "'", Name = name => $"'{name}'", Nothing = "None" }
            .Write(sample)),
        ["line breaks in texts"] = (false, sample => new Pen().Write(sample).Replace(" here.", "\nhere.", StringComparison.Ordinal)),
        ["quotes in texts"] = (false, sample => new Pen().Write(sample).Replace("\\\"", "\"", StringComparison.Ordinal)),
        ["Markdown's backslashes"] = (false, sample => new Pen().Write(sample).Replace("_", "\\_", StringComparison.Ordinal)),
    };

    /// <summary>What stands around an answer: given a draft that is longer than the answer, and the answer.</summary>
    public static Dictionary<string, Func<string, string, string>> Surroundings { get; } = new()
    {
        ["nothing"] = (_, answer) => answer,
        ["a fence"] = (_, answer) => $"```json\n{answer}\n```",
        ["prose"] = (_, answer) => $"Sure! Here are [some] {{ideas}}, don't mind me:\n\n{answer}\n\nI hope they help; ask for [more] :)",
        ["the format before it"] = (_, answer) => $"You asked for `{{\"architectures\":[]}}` or `{{\"rules\":[]}}`:\n{answer}",
        ["the format behind it"] = (_, answer)
            => $$"""{{answer}} That is {"architectures":[]} or {"rules":[{"kind":"positive","text":"..."}]}.""",
        ["a longer draft in thoughts"] = (draft, answer) => $"<think>\nFirst {draft} and now\n</think>\n{answer}",
        ["a draft in thoughts that breaks off"] = (draft, answer) => $"<thinking>{draft[..(draft.Length / 2)]}</thinking>{answer}",
        ["thoughts with no beginning"] = (draft, answer) => $"Let me see. {draft}\nNo.</think>\n\n{answer}",
        ["thoughts with no end behind it"] = (draft, answer) => $"{answer}\n<think>Or rather {draft}",
        ["thoughts in brackets"] = (draft, answer) => $"[THINK]{draft}[/THINK]{answer}",
        ["thoughts twice"] = (draft, answer) => $"<think>{draft}</think><think>{draft}</think> {answer}",
        ["an odd bracket before it"] = (_, answer) => $"The gap is [0, 3) ms.\n{answer}",
    };

    private static string AsText(string text) => JsonSerializer.Serialize(text, Relaxed);

    private static string Numbered(AnswerSample sample, string format, string separator)
    {
        Pen pen = new();
        return string.Join(
            separator,
            sample.Items.Select((item, index) => string.Format(CultureInfo.InvariantCulture, format, index + 1, pen.Item(item))));
    }

    /// <summary>Writes answers as a notation has them.</summary>
    private sealed class Pen
    {
        public string Open { get; init; } = "\"";

        public string Close { get; init; } = "\"";

        public Func<string, string> Name { get; init; } = name => $"\"{name}\"";

        public string Nothing { get; init; } = "null";

        public string Comma { get; init; } = ",";

        public string ItemComma { get; init; } = ",";

        public string Between { get; init; } = "";

        public string End { get; init; } = "";

        public string CloseItem { get; init; } = "}";

        public string CloseList { get; init; } = "]";

        public string CloseAll { get; init; } = "}";

        public string Write(AnswerSample sample)
            => $"{Between}{{{Between}{Name(sample.List)}:{Between}[{Items(sample)}{End}{CloseList}{End}{Between}{CloseAll}";

        public string Items(AnswerSample sample) => string.Join(ItemComma, sample.Items.Select(Item));

        public string Item(IReadOnlyList<KeyValuePair<string, object?>> item)
            => $"{Between}{{{string.Join(Comma, item.Select(Member))}{End}{Between}{CloseItem}";

        private string Member(KeyValuePair<string, object?> pair) => $"{Between}{Name(pair.Key)}:{Between}{Value(pair.Value)}";

        private string Value(object? value) => value switch
        {
            null => Nothing,
            double number => number.ToString(CultureInfo.InvariantCulture),
            string[] texts => $"[{string.Join(Comma, texts.Select(Value))}{End}]",
            _ => Open + AsText((string)value)[1..^1] + Close,
        };
    }
}
