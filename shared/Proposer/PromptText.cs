using System.Text;

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

    /// <summary>A number as prompts carry it: digits that no measurement has cost tokens.</summary>
    public static double Short(double value) => Math.Round(value, 3);
}
