using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.Transfer;

/// <summary>Writes a run into a store.</summary>
public static class RunImporter
{
    /// <summary>
    /// Writes all of a run, once the whole archive was checked. Its row comes last: an import that was cut short is not listed and can be
    /// made again, whatever it left. A run that was deleted is opened again.
    /// </summary>
    /// <returns>False when the store has a run of that id; then nothing was written.</returns>
    /// <exception cref="ArgumentException">The archive holds what no store takes; the message names the field.</exception>
    public static async Task<bool> ImportAsync(IRunStore store, RunArchive archive, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(archive);
        RunArchiveCheck.Check(archive);
        string runId = archive.Run.RunId;
        if (await store.GetRunAsync(runId, cancellationToken) is not null)
        {
            return false;
        }

        // What an import of another archive of this run left when it was cut short would stay beside the rows written here.
        await store.DeleteRunAsync(runId, cancellationToken);
        // Whoever imports a run that was deleted wants it back.
        await store.ReopenRunAsync(runId, cancellationToken);
        if (archive.Latencies is { } latencies)
        {
            DeviceTable table = new(archive.Run.Request.Device, archive.Run.Request.Dataset, latencies.UploadedAt, latencies.LatencyMs);
            await store.AddDeviceTableAsync(table, cancellationToken);
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

        if (archive.Budget is { } budget && !await store.TryPutBudgetAsync(runId, budget, version: null, cancellationToken))
        {
            throw new StoreChangedException($"The ledger of run {runId} was written to while the run was imported. Stop what runs it, then try again.");
        }

        await store.PutRunAsync(archive.Run, cancellationToken);
        return true;
    }
}
