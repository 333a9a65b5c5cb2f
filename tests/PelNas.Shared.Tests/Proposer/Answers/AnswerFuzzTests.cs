namespace PelNas.Shared.Tests.Proposer.Answers;

/// <summary>
/// No text makes reading throw or take long, and one odd sign never costs a whole answer.
/// </summary>
public sealed class AnswerFuzzTests
{
    private static readonly string[] Pieces =
    [
        "[", "{", "(", ")", "]", "}", "\"", "'", "\\", "\\\"", "\n", "\n\n", " ", "x", "none", "<", "<think>", "</think>", "```",
        "/*", "*/", "//", "#", ",", ":", "{\"", "{'",
        "{\"architectures\":[", "{\"rules\":", "{\"architecture\":", "\"text\":",
        "\"{\\\"architectures\\\":[", "\"a\"b", "\"a,]} \"b", "{   ", "\"   ", "}   ,", "&quot;", "{&quot;a&quot;:",
        "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|", "[0,1,\"none\"],", "aaaaaaaa ~ ",
        "1 -> ", "null", "NaN", "\u0000", "\u200B", "\u201C", "\U0001F9E0",
    ];

    // Test cases are passed on as UTF-8, which has no half a pair; this list is not.
    private static readonly string[] Tokens = [.. Pieces, "\ud800", "\udc00"];

    private static readonly string[] Odd =
        ["", "\"", ",", "\\", "\n", "\n\n", "<", "\u201C", "\u0000", "\U0001F9E0", "`", "{", "}", "[", "]", "(", ":", "#"];

    public static TheoryData<string> Repeated => [.. Pieces];

    private static Arbitrary<string> Soup => Gen.Elements(Tokens).ListOf().Select(string.Concat).ToArbitrary();

    [Property(MaxTest = 2000)]
    public Property No_text_throws_or_takes_long() => Prop.ForAll(Soup, Check);

    [Theory]
    [MemberData(nameof(Repeated))]
    public void No_long_text_throws_or_takes_long(string piece)
    {
        string text = new StringBuilder().Insert(0, piece, 100_000 / piece.Length).ToString();
        Check(text);
        Check("{\"architectures\":[" + text);
        Check("{\"rules\":[\"" + text);
    }

    // Mostly it costs none or the item that it stands in, but a bracket may split the list.
    [Fact]
    public void One_odd_sign_never_costs_an_answer() => Kept(Odd).ShouldAllBe(kept => kept.Count >= 1);

    private static void Check(string text)
    {
        foreach (string list in new[] { "architectures", "rules" })
        {
            new AnswerSample(list, []).Read(text).ShouldNotBeNull();
        }
    }

    /// <summary>How many of five architectures are read with a sign instead of another, or before it, anywhere in the answer.</summary>
    private static IEnumerable<(string Text, int Count)> Kept(string[] signs)
    {
        AnswerSample sample = AnswerSample.Architectures(new Random(1), 5);
        string answer = AnswerNoise.Notations["JSON"].Write(sample);
        string[] cells = [.. sample.Items.Select(item => (string)item[0].Value!)];
        return from sign in signs
               from position in Enumerable.Range(0, answer.Length)
               from text in new[] { answer.Remove(position, 1).Insert(position, sign), answer.Insert(position, sign) }
               let read = sample.Read(text)
               select (text, cells.Count(cell => read.Split('\n').Any(line => line.StartsWith(cell, StringComparison.Ordinal))));
    }
}
