using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Heuristics of a partition, by generation.</summary>
internal static class HeuristicsTable
{
    public static Task PutAsync(StorageAccount account, string runId, HeuristicsRow heuristics, CancellationToken cancellationToken) => account.PutJsonAsync(
        TableNames.Heuristics,
        TableKeys.Partition(runId, heuristics.Partition),
        TableKeys.Number(heuristics.Generation),
        RunTable.Folder(runId),
        heuristics,
        cancellationToken);

    public static Task<IReadOnlyList<HeuristicsRow>> GetAsync(StorageAccount account, string runId, int partition, CancellationToken cancellationToken)
        => account.ListJsonAsync<HeuristicsRow>(TableNames.Heuristics, TableKeys.Partition(runId, partition), RowRange.All, cancellationToken);
}
