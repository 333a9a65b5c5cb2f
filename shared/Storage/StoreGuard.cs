using System.Globalization;
using System.Text.RegularExpressions;
using PelNas.Shared.Common;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage;

/// <summary>
/// What every store refuses, whichever it is: a search that one store takes must not fail on another. The limits are those of
/// Azure Table Storage, or tighter.
/// </summary>
public static partial class StoreGuard
{
    /// <summary>Most UTF-16 characters in a key: the service's 1 KiB are counted in UTF-16.</summary>
    public const int MaxKeyLength = 512;

    /// <summary>Most UTF-16 characters in one text of a row.</summary>
    public const int MaxTextLength = 32_000;

    /// <summary>Most UTF-16 characters in a stored answer of the proposer.</summary>
    public const int MaxAnswerLength = 4 * 1024 * 1024;

    /// <summary>Largest page of runs or sweeps.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>Most calls in one row, so that no sum over the rows of a run overflows.</summary>
    public const int MaxCalls = 1_000_000;

    /// <summary>Most tokens of these calls.</summary>
    public const long MaxTokens = 1_000_000_000_000;

    /// <summary>The time that a run id starts with, UTC.</summary>
    internal const string StampFormat = "yyyyMMdd-HHmmss";

    /// <summary>
    /// Whether the text is a run id: the UTC start as <c>yyyyMMdd-HHmmss</c>, a hyphen, and 1 to 41 of a-z, 0-9 and hyphens that
    /// do not start with a hyphen. Short enough that the instances named after it stay within 100 characters.
    /// </summary>
    public static bool IsRunId(string? text) => text is not null && RunIdPattern().IsMatch(text) && TryReadStamp(text, out _);

    /// <summary>Refuses what is not a run id.</summary>
    public static void RunId(string? runId, string name = "runId")
    {
        if (!IsRunId(runId))
        {
            throw new ArgumentException(
                $"'{Shown(runId)}' is not a run id. Run ids look like 20260131-235959-cifar10-fpga: UTC date and time, then lower-case letters, digits and hyphens.", name);
        }
    }

    /// <summary>Refuses what is not a sweep id.</summary>
    public static void SweepId(string? sweepId, string name = "sweepId")
    {
        if (!SweepIds.IsValid(sweepId))
        {
            throw new ArgumentException($"'{Shown(sweepId)}' is not a sweep id. Sweep ids look like sweep-20260131 or sweep-20260131-235959.", name);
        }
    }

    /// <summary>The time a run id starts with, UTC.</summary>
    public static DateTimeOffset StartOf(string runId)
    {
        RunId(runId);
        _ = TryReadStamp(runId, out DateTimeOffset start);
        return start;
    }

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
                throw new ArgumentException($"The key '{Shown(key)}' contains U+{(int)c:X4}. Keys must not contain / \\ # ? or control characters.", name);
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

    /// <summary>Refuses NaN and infinities, which no table and no JSON can hold.</summary>
    public static void Finite(double? value, string name)
    {
        if (value is { } number && !double.IsFinite(number))
        {
            throw new ArgumentException($"{name} is {number.ToString(CultureInfo.InvariantCulture)}. Only finite numbers can be stored.", name);
        }
    }

    /// <summary>Refuses a negative number.</summary>
    public static void NotNegative(int? value, string name)
    {
        if (value < 0)
        {
            throw new ArgumentException($"{name} is {value}. It must not be negative.", name);
        }
    }

    /// <summary>Refuses a negative number and one over a limit.</summary>
    public static void Within(long value, long most, string name)
    {
        if (value < 0 || value > most)
        {
            throw new ArgumentException($"{name} is {value}. It must be from 0 to {most}.", name);
        }
    }

    /// <summary>Refuses NaN, infinities and negative numbers. Null is fine.</summary>
    public static void Amount(double? value, string name)
    {
        Finite(value, name);
        if (value is < 0 and { } amount)
        {
            throw new ArgumentException($"{name} is {amount.ToString(CultureInfo.InvariantCulture)}. It must not be negative.", name);
        }
    }

    /// <summary>Refuses text that is too long or has half a surrogate pair. Null is fine.</summary>
    public static void Text(string? text, string name, int maxLength = MaxTextLength)
    {
        if (text is null)
        {
            return;
        }

        if (text.Length > maxLength)
        {
            throw new ArgumentException($"{name} has {text.Length} characters. At most {maxLength} can be stored: cut it first.", name);
        }

        WellFormed(text, name);
    }

    /// <summary>Refuses a page size outside 1 to 1,000.</summary>
    public static void PageSize(int pageSize, string name = "pageSize")
    {
        if (pageSize is < 1 or > MaxPageSize)
        {
            throw new ArgumentOutOfRangeException(name, pageSize, $"A page holds 1 to {MaxPageSize} rows.");
        }
    }

    /// <summary>Whether the names of tables and of a container can begin with the text: up to 20 letters and digits, a letter first, or nothing.</summary>
    public static bool IsTablePrefix(string? text) => text is not null && TablePrefixPattern().IsMatch(text);

    /// <summary>Refuses what is no prefix of table names.</summary>
    public static void TablePrefix(string? prefix, string name = "tablePrefix")
    {
        if (!IsTablePrefix(prefix))
        {
            throw new ArgumentException($"'{Shown(prefix)}' cannot begin the names of tables. Give up to 20 letters and digits, a letter first, or nothing.", name);
        }
    }

    private static void WellFormed(string text, string name)
    {
        if (!UntrustedText.IsWellFormed(text))
        {
            throw new ArgumentException($"{name} contains half of a surrogate pair, which is not text. Cut it with {nameof(UntrustedText)}.{nameof(UntrustedText.Cut)}.", name);
        }
    }

    private static bool TryReadStamp(string runId, out DateTimeOffset start) => DateTimeOffset.TryParseExact(
        runId.AsSpan(0, StampFormat.Length), StampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out start);

    /// <summary>Text as an error message may repeat it: short and on one line.</summary>
    private static string Shown(string? text) =>
        text is null ? "null" : string.Concat(UntrustedText.Cut(text, 60).Select(c => char.IsControl(c) ? '\uFFFD' : c));

    // \z and not $: the latter lets a line break through at the end.
    [GeneratedRegex(@"\A[0-9]{8}-[0-9]{6}-[a-z0-9][a-z0-9-]{0,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RunIdPattern();

    [GeneratedRegex(@"\A([A-Za-z][A-Za-z0-9]{0,19})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex TablePrefixPattern();
}
