namespace PelNas.Shared.Storage.Transfer;

/// <summary>Writes a run into a store.</summary>
public static class RunImporter
{
    /// <summary>
    /// Writes all of a run. Its row comes last: an import that was cut short is not listed and can be made again.
    /// </summary>
    /// <returns>False when the store has a run of that id; then nothing was written.</returns>
    /// <exception cref="ArgumentException">The archive holds what no store takes; the message names the field.</exception>
    public static async Task<bool> ImportAsync(IRunStore store, RunArchive archive, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(archive);
        string runId = archive.Run.RunId;
        if (await store.GetRunAsync(runId, cancellationToken) is not null)
        {
            return false;
        }

        if (archive.Latencies is { } latencies)
        {
            await AddLatenciesAsync(store, new DeviceTable(archive.Run.Request.Device, archive.Run.Request.Dataset, latencies.UploadedAt, latencies.LatencyMs), cancellationToken);
        }

        foreach (ArchivedPartition partition in archive.Partitions)
        {
            await store.MergeCandidatesAsync(runId, partition.Partition, partition.Candidates, cancellationToken);
            foreach (HeuristicsRow heuristics in partition.Heuristics)
            {
                await store.PutHeuristicsAsync(runId, heuristics, cancellationToken);
            }
        }

        foreach (RoundRow round in archive.Rounds)
        {
            await store.PutRoundAsync(runId, round, cancellationToken);
        }

        foreach (Front front in archive.Fronts)
        {
            await store.PublishFrontAsync(runId, front, cancellationToken);
        }

        await store.PutRunAsync(archive.Run, cancellationToken);
        return true;
    }

    /// <summary>Adds a version of a latency table and leaves the one in force as it is, if there is one.</summary>
    private static async Task AddLatenciesAsync(IRunStore store, DeviceTable table, CancellationToken cancellationToken)
    {
        if (await store.GetDeviceTableAsync(table.Device, table.Dataset, table.Version, cancellationToken) is not null)
        {
            return;
        }

        DeviceTable? inForce = await store.GetDeviceTableAsync(table.Device, table.Dataset, version: null, cancellationToken);
        await store.PutDeviceTableAsync(table, cancellationToken);
        if (inForce is not null)
        {
            await store.PutDeviceTableAsync(inForce, cancellationToken);
        }
    }
}
