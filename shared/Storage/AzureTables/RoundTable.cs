using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Rounds, by partition, then generation.</summary>
internal static class RoundTable
{
    public static Task PutAsync(StorageAccount account, string runId, RoundRow round, CancellationToken cancellationToken)
        => account.PutJsonAsync(TableNames.Rounds, runId, TableKeys.Round(round.Partition, round.Generation), RunTable.Folder(runId), round, cancellationToken);

    public static Task<RoundRow?> ChangeAsync(
        StorageAccount account, string runId, int partition, int generation, Func<RoundRow?, RoundRow?> change, CancellationToken cancellationToken)
        => account.ChangeJsonAsync(TableNames.Rounds, runId, TableKeys.Round(partition, generation), RunTable.Folder(runId), change, cancellationToken);

    public static Task<RoundRow?> GetAsync(StorageAccount account, string runId, int partition, int generation, CancellationToken cancellationToken)
        => account.GetJsonAsync<RoundRow>(TableNames.Rounds, runId, TableKeys.Round(partition, generation), cancellationToken);

    public static Task<IReadOnlyList<RoundRow>> GetAllAsync(StorageAccount account, string runId, CancellationToken cancellationToken)
        => account.ListJsonAsync<RoundRow>(TableNames.Rounds, runId, RowRange.All, cancellationToken);
}
