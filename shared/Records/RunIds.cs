using System.Globalization;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Records;

/// <summary>Ids of runs: the UTC start and a suffix, <c>yyyyMMdd-HHmmss-suffix</c>, so that ids sort by time and name their month's table partition.</summary>
public static class RunIds
{
    /// <summary>Makes an id.</summary>
    /// <param name="startedAt">Start.</param>
    /// <param name="suffix">1 to 41 lower-case letters, digits and hyphens.</param>
    public static string Create(DateTimeOffset startedAt, string suffix)
        => string.Create(CultureInfo.InvariantCulture, $"{startedAt.UtcDateTime:yyyyMMdd-HHmmss}-{suffix}");

    /// <summary>
    /// The stamp at the start of a run id that those of runs started before a time sort under. A run of 12:00:00 started before
    /// 12:00:00.5: a time within a second counts as the next one.
    /// </summary>
    public static string StampBefore(DateTimeOffset time)
        => time.UtcDateTime.AddTicks(TimeSpan.TicksPerSecond - 1).ToString(StoreGuard.StampFormat, CultureInfo.InvariantCulture);

    /// <summary>Compares for a list of the newest first: by the time in the id, those of the same second by the rest of it.</summary>
    public static int CompareNewestFirst(string left, string right)
    {
        int stamp = "yyyyMMdd-HHmmss".Length;
        int byTime = right.AsSpan(0, stamp).SequenceCompareTo(left.AsSpan(0, stamp));
        return byTime != 0 ? byTime : string.CompareOrdinal(left, right);
    }

    /// <summary>Whether a text has the form of a run id.</summary>
    public static bool IsValid(string? text) => StoreGuard.IsRunId(text);
}
