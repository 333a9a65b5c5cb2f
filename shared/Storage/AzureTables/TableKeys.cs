using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Partition and row keys. Tables sort keys as text, so numbers are zero-padded, and counted down where the newest comes first.</summary>
internal static class TableKeys
{
    /// <summary>Partition of <c>Runs</c> with a row for each month that has runs.</summary>
    public const string Months = "months";

    /// <summary>Row of a run's front in force. A hyphen sorts before the digits of points, so that deleting in key order takes it first.</summary>
    public const string FrontPointer = "-current";

    /// <summary>What the rows of a front's versions begin with.</summary>
    public const string FrontVersions = "-version:";

    /// <summary>Partition of <c>DeviceTables</c> with the tables in force; those of devices end with a colon.</summary>
    public const string InForce = "in-force";

    /// <summary>Row of a run's prior.</summary>
    public const string Prior = "prior";

    private const int LastMonth = 999_999;

    /// <summary>Month of a time, <c>yyyyMM</c>.</summary>
    public static string Month(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMM", CultureInfo.InvariantCulture);

    /// <summary>Row of a month, the latest first.</summary>
    public static string MonthRow(string month) => Number("D6", LastMonth - int.Parse(month, CultureInfo.InvariantCulture));

    /// <summary>The month of such a row.</summary>
    public static string MonthOf(string row) => Number("D6", LastMonth - int.Parse(row, CultureInfo.InvariantCulture));

    /// <summary>Row of a run, the newest first, and those of the same second by id.</summary>
    public static string Run(string runId) => $"{CountedDown(StoreGuard.StartOf(runId))}-{runId}";

    /// <summary>The least row of runs that started before a time.</summary>
    public static string RunsBefore(DateTimeOffset time) => CountedDown(time.AddTicks(-1));

    /// <summary>Partition of what belongs to one partition of a run.</summary>
    public static string Partition(string runId, int partition) => string.Create(CultureInfo.InvariantCulture, $"{runId}:{partition}");

    /// <summary>Row of an architecture or a generation.</summary>
    public static string Number(int number) => Number("D10", number);

    /// <summary>Row of a round; those of the whole run come first.</summary>
    public static string Round(int partition, int generation) => $"{(partition == RoundRow.WholeRun ? "-" : Number(partition))}:{Number(generation)}";

    /// <summary>Row of a version of a front.</summary>
    public static string FrontVersion(int version) => FrontVersions + Number(version);

    /// <summary>What the rows of the points of one version begin with. The revision tells contents of the same version apart.</summary>
    public static string FrontPoints(int version, string revision) => $"{Number(version)}:{revision}:";

    /// <summary>Partition of an answer, one of 256.</summary>
    public static string Answers(string promptHash) => promptHash[..2];

    /// <summary>Partition of a claim, one of 256.</summary>
    public static string Claims(string key) => Hash(key)[..2];

    /// <summary>Partition of a tombstone, one of 256.</summary>
    public static string Tombstones(string runId) => Hash(runId)[..2];

    /// <summary>The 256 partitions that the first two digits of a hash make.</summary>
    public static IEnumerable<string> HashPartitions { get; } = [.. Enumerable.Range(0, 256).Select(number => number.ToString("x2", CultureInfo.InvariantCulture))];

    /// <summary>Partition of a device's tables.</summary>
    public static string Device(string device) => $"{device}:";

    /// <summary>Row of a version of a latency table.</summary>
    public static string DeviceTable(string dataset, string version) => $"{dataset}:{version}";

    /// <summary>Row of a latency table in force. The length keeps names with colons apart.</summary>
    public static string DevicePointer(string device, string dataset) => string.Create(CultureInfo.InvariantCulture, $"{device.Length}:{device}:{dataset}");

    /// <summary>Row of a sweep: the digits of its id counted down, so that the latest date comes first, and of one date the sweep without a time last.</summary>
    public static string Sweep(string sweepId)
    {
        string stamp = sweepId[SweepIds.Prefix.Length..];
        string countedDown = string.Concat(stamp.Select(c => char.IsAsciiDigit(c) ? (char)('0' + '9' - c) : c));
        return stamp.Contains('-', StringComparison.Ordinal) ? countedDown : $"{countedDown}-~";
    }

    /// <summary>Lower-case hex SHA-256 of a text.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string CountedDown(DateTimeOffset time) => (DateTime.MaxValue.Ticks - time.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    private static string Number(string format, int number) => number.ToString(format, CultureInfo.InvariantCulture);
}
