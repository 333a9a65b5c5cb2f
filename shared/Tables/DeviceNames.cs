using System.Text.RegularExpressions;

namespace PelNas.Shared.Tables;

/// <summary>Names that users may give to devices of their own.</summary>
public static partial class DeviceNames
{
    /// <summary>What a name may be, as the end of a sentence.</summary>
    public const string Rule = "1 to 31 of the characters a-z, 0-9, '-' and '_', the first a letter or digit";

    /// <summary>Whether a device of a user's may have this name.</summary>
    public static bool IsValid(string? name) => name is not null && Pattern().IsMatch(name);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]{0,30}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
