using PelNas.Shared.Partitioning;
using PelNas.Shared.Records;


namespace PelNas.Shared.Storage.Transfer;

/// <summary>Reads a run out of a store.</summary>
public static class RunExporter
{
    /// <summary>All of a run, or null when there is none of that id. Of a run that still goes on it is what stands there while it is read.</summary>
    public static async Task<RunArchive?> ExportAsync(IRunStore store, string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (await store.GetRunAsync(runId, cancellationToken) is not { } run)
        {
            return null;
        }

        List<ArchivedPartition> partitions = [];
        foreach (PartitionPlan plan in run.Partitions.OrderBy(plan => plan.Id))
        {
            partitions.Add(new ArchivedPartition(
                plan.Id,
                await store.GetCandidatesAsync(runId, plan.Id, cancellationToken),
                await store.GetHeuristicsAsync(runId, plan.Id, cancellationToken)));
        }

        List<Front> fronts = [];
        foreach (int version in await store.GetFrontVersionsAsync(runId, cancellationToken))
        {
            fronts.Add(await store.GetFrontAsync(runId, version, cancellationToken)
                ?? throw new StoreChangedException($"The front of run {runId} was deleted while it was read. Try again."));
        }

        (BudgetRow budget, string? budgetVersion) = await store.GetBudgetAsync(runId, cancellationToken);
        return new RunArchive
        {
            FormatVersion = RunArchive.CurrentVersion,
            Run = run,
            Latencies = await LatenciesAsync(store, run, cancellationToken),
            Partitions = partitions,
            Rounds = await store.GetRoundsAsync(runId, cancellationToken),
            Fronts = fronts,
            Budget = budgetVersion is null ? null : budget,
        };
    }

    private static async Task<ArchivedLatencies?> LatenciesAsync(IRunStore store, RunRow run, CancellationToken cancellationToken)
        => run.DeviceTable is { } version && await store.GetDeviceTableAsync(run.Request.Device, run.Request.Dataset, version, cancellationToken) is { } table
            ? new ArchivedLatencies(table.UploadedAt, table.LatencyMs)
            : null;
}
