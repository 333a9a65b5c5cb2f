using System.Text.RegularExpressions;

namespace PelNas.Shared.Storage;

/// <summary>
/// What every store refuses of keys and names, whichever it is: the limits are those of Azure Table Storage, or tighter.
/// </summary>
public static partial class StoreGuard
{
    /// <summary>Most UTF-16 characters in a key: the service's 1 KiB are counted in UTF-16.</summary>
    public const int MaxKeyLength = 512;

    /// <summary>Largest page of runs or sweeps.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>Refuses text that cannot be a key everywhere: empty, over 512 characters, or with / \ # ? or control characters.</summary>
    public static void Key(string? key, string name)
    {
        if (string.IsNullOrEmpty(key))
        {
            throw new ArgumentException("A key must not be empty.", name);
        }

        foreach (char c in key)
        {
            if (c is '/' or '\\' or '#' or '?' || char.IsControl(c))
            {
                throw new ArgumentException(
                    $"The key '{Shown(key)}' contains U+{(int)c:X4}. Keys must not contain / \\ # ? or control characters.", name);
            }
        }

        WellFormed(key, name);
        if (key.Length > MaxKeyLength)
        {
            throw new ArgumentException($"The key '{Shown(key)}' has {key.Length} characters. At most {MaxKeyLength} can be stored.", name);
        }
    }

    /// <summary>Refuses what is not 64 lower-case hexadecimal digits.</summary>
    public static void PromptHash(string? hash, string name = "promptHash")
    {
        if (hash is not { Length: 64 } || !hash.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException($"'{Shown(hash)}' is not a prompt hash: 64 lower-case hexadecimal digits.", name);
        }
    }

    /// <summary>Refuses a page size outside 1 to 1,000.</summary>
    public static void PageSize(int pageSize, string name = "pageSize")
    {
        if (pageSize is < 1 or > MaxPageSize)
        {
            throw new ArgumentOutOfRangeException(name, pageSize, $"A page holds 1 to {MaxPageSize} rows.");
        }
    }

    /// <summary>
    /// Whether the names of tables and of a container can begin with the text: up to 20 letters and digits, a letter first, or nothing.
    /// </summary>
    public static bool IsTablePrefix(string? text) => text is not null && TablePrefixPattern().IsMatch(text);

    /// <summary>Refuses what is no prefix of table names.</summary>
    public static void TablePrefix(string? prefix, string name = "tablePrefix")
    {
        if (!IsTablePrefix(prefix))
        {
            throw new ArgumentException(
                $"'{Shown(prefix)}' cannot begin the names of tables. Give up to 20 letters and digits, a letter first, or nothing.", name);
        }
    }

    private static void WellFormed(string text, string name)
    {
        if (!UntrustedText.IsWellFormed(text))
        {
            throw new ArgumentException(
                $"{name} contains half of a surrogate pair, which is not text. Cut it with "
                    + $"{nameof(UntrustedText)}.{nameof(UntrustedText.Cut)}.", name);
        }
    }

    /// <summary>Text as an error message may repeat it: short and on one line.</summary>
    private static string Shown(string? text) =>
        text is null ? "null" : string.Concat(UntrustedText.Cut(text, 60).Select(c => char.IsControl(c) ? '\uFFFD' : c));

    // \z and not $: the latter lets a line break through at the end.
    [GeneratedRegex(@"\A([A-Za-z][A-Za-z0-9]{0,19})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex TablePrefixPattern();
}
