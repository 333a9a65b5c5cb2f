using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PelNas.Shared.Proposer;

/// <summary>Sizes of what goes into a prompt. Bytes of UTF-8 bound tokens from above whatever the script, and need no tokenizer.</summary>
internal static class PromptText
{
    /// <summary>Most bytes of a rationale that is shown again.</summary>
    public const int RationaleBytes = 160;

    /// <summary>Most bytes of the rationale of a candidate that is only predicted: weaker evidence gets less room.</summary>
    public const int PredictedRationaleBytes = 80;

    /// <summary>Most bytes of a rule's text and of its evidence.</summary>
    public const int RuleBytes = 300;

    /// <summary>As many whole characters as fit into a number of bytes.</summary>
    public static string Cut(string text, int maxBytes)
    {
        int bytes = 0;
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }

    /// <summary>The same of a text that a model wrote, on one line.</summary>
    public static string Line(string text, int maxBytes) => Cut(UntrustedText.Line(text, maxBytes), maxBytes);

    /// <summary>A number as prompts carry it: digits that no measurement has cost tokens.</summary>
    public static double Short(double value) => Math.Round(value, 3);
}

/// <summary>
/// JSON as prompts carry it: that of <see cref="PelNasJson"/>, but nothing is escaped for HTML, since <c>+</c> and <c>&gt;</c> stand in
/// every architecture and edge and each escape costs tokens.
/// </summary>
internal static class ChatJson
{
    public static JsonSerializerOptions Options { get; } = new(PelNasJson.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
