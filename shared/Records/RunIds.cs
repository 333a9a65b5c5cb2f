using System.Text.RegularExpressions;

namespace PelNas.Shared.Records;

/// <summary>Ids of runs: the UTC start and a suffix, <c>yyyyMMdd-HHmmss-suffix</c>, so that ids sort by time.</summary>
public static partial class RunIds
{
    private const string StampFormat = "yyyyMMdd-HHmmss";

    /// <summary>Makes an id.</summary>
    /// <param name="startedAt">Start.</param>
    /// <param name="suffix">1 to 41 lower-case letters, digits and hyphens.</param>
    public static string Create(DateTimeOffset startedAt, string suffix)
        => $"{startedAt.UtcDateTime:yyyyMMdd-HHmmss}-{suffix}";

    /// <summary>
    /// Whether the text is a run id: the UTC start as <c>yyyyMMdd-HHmmss</c>, a hyphen, and 1 to 41 of a-z, 0-9 and hyphens that
    /// do not start with a hyphen. Short enough that the instances named after it stay within 100 characters.
    /// </summary>
    public static bool IsValid(string? text) => text is not null && Pattern().IsMatch(text) && TryReadStart(text, out _);

    /// <summary>Refuses what is not a run id.</summary>
    public static void Check(string? runId, string name = "runId")
    {
        if (!IsValid(runId))
        {
            throw new ArgumentException(
                $"'{UntrustedText.Line(runId ?? "", 60)}' is not a run id. Run ids look like 20260131-235959-cifar10-fpga: UTC date and "
                    + "time, then lower-case letters, digits and hyphens.", name);
        }
    }

    /// <summary>The time a run id starts with, UTC.</summary>
    public static DateTimeOffset StartOf(string runId)
    {
        Check(runId);
        _ = TryReadStart(runId, out DateTimeOffset start);
        return start;
    }

    private static bool TryReadStart(string runId, out DateTimeOffset start) => DateTimeOffset.TryParseExact(
        runId.AsSpan(0, StampFormat.Length), StampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out start);

    // \z and not $: the latter lets a line break through at the end.
    [GeneratedRegex(@"\A[0-9]{8}-[0-9]{6}-[a-z0-9][a-z0-9-]{0,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
