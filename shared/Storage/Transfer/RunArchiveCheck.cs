using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;


namespace PelNas.Shared.Storage.Transfer;

/// <summary>
/// Checks a whole archive before the first row of it is written, so that a bad one changes nothing: a file may come from anybody.
/// A refusal names the field.
/// </summary>
internal static class RunArchiveCheck
{
    private static readonly int Architectures = NasBench201.Instance.Size;

    /// <exception cref="ArgumentException">The archive holds what no store takes or what does not fit its own plan.</exception>
    public static void Check(RunArchive archive)
    {
        CheckPlan(archive.Run);
        CheckLatencies(archive);
        ArchivePlan plan = new(archive.Run.Partitions.Count, archive.Run.Request.Generations, Architectures);
        NoNulls(archive.Partitions, "partitions");
        Unique(archive.Partitions, partition => partition.Partition, "partitions");
        foreach (ArchivedPartition partition in archive.Partitions)
        {
            ArchivedRowsCheck.Check(partition, plan);
        }

        ArchivedRowsCheck.Check(archive.Rounds, plan);
        ArchivedRowsCheck.Check(archive.Fronts, plan);
        if (archive.Budget is { } budget)
        {
            NoNulls(budget.InFlight, "budget.inFlight");
            RowGuard.Check(budget);
        }
    }

    internal static void NoNulls<T>(IReadOnlyList<T> items, string field)
        where T : class
    {
        for (int i = 0; i < items.Count; i++)
        {
            Require(items[i] is not null, $"{field}[{i}] is null");
        }
    }

    internal static void Unique<T, TKey>(IReadOnlyCollection<T> items, Func<T, TKey> key, string field)
    {
        HashSet<TKey> seen = [];
        foreach (T item in items)
        {
            Require(seen.Add(key(item)), $"{field} has {key(item)} twice");
        }
    }

    internal static void Require(bool isFine, string problem)
    {
        if (!isFine)
        {
            throw new ArgumentException($"{problem}. Export the run again.");
        }
    }

    private static void CheckPlan(RunRow run)
    {
        NoNulls(run.Partitions, "run.partitions");
        for (int i = 0; i < run.Partitions.Count; i++)
        {
            Require(run.Partitions[i].Id == i, $"run.partitions[{i}].id is {run.Partitions[i].Id} and not {i}");
        }

        RowGuard.Check(run);
    }

    private static void CheckLatencies(RunArchive archive)
    {
        RunRow run = archive.Run;
        if (archive.Latencies is not { } latencies)
        {
            Require(run.DeviceTable is null, "latencies is missing, though run.deviceTable names an uploaded latency table");
            return;
        }

        int count = latencies.LatencyMs.IsDefault ? 0 : latencies.LatencyMs.Length;
        Require(count == Architectures, $"latencies.latencyMs has {count} numbers and not {Architectures}, one an architecture");
        DeviceTable table = new(run.Request.Device, run.Request.Dataset, latencies.UploadedAt, latencies.LatencyMs);
        RowGuard.Check(table);
        Require(latencies.LatencyMs.All(latency => latency > 0), "latencies.latencyMs has a number that is not over 0");
        Require(table.Version == run.DeviceTable, "latencies.latencyMs is not the table that run.deviceTable names");
    }
}

/// <summary>What the rows of an archive have to fit.</summary>
/// <param name="Partitions">Number of partitions.</param>
/// <param name="Generations">The last generation.</param>
/// <param name="Architectures">Number of architectures in the space.</param>
internal sealed record ArchivePlan(int Partitions, int Generations, int Architectures);
