using System.Text.RegularExpressions;
using PelNas.Shared.Common;

namespace PelNas.Shared.Proposer.Answers;

/// <summary>Recognises a model that declines in words.</summary>
internal static partial class Refusals
{
    private const int Beginning = 300;

    /// <summary>Whether a text begins by declining. Asked only of one that holds nothing that was asked for.</summary>
    public static bool Is(string text) => Words().IsMatch(UntrustedText.Cut(text.TrimStart(), Beginning));

    [GeneratedRegex(
        @"^sorry\b|\bas an AI\b|\bI(?:['\u2019]m| am) (?:very |so )?(?:sorry|unable|not able|not allowed)\b|"
        + @"\bI (?:apologi[sz]e|cannot|can not|can['\u2019]t|won['\u2019]t|will not|would rather not|must decline|decline|refuse)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
