using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Sweeps, by id, the latest date first. One partition holds them: there is one a night.</summary>
internal static class SweepTable
{
    private const string Partition = "sweeps";

    public static Task PutAsync(StorageAccount account, SweepRow sweep, CancellationToken cancellationToken)
        => account.PutJsonAsync(TableNames.Sweeps, Partition, TableKeys.Sweep(sweep.SweepId), Folder(sweep.SweepId), sweep, cancellationToken);

    public static Task<SweepRow?> ChangeAsync(StorageAccount account, string sweepId, Func<SweepRow?, SweepRow?> change, CancellationToken cancellationToken)
        => account.ChangeJsonAsync(TableNames.Sweeps, Partition, TableKeys.Sweep(sweepId), Folder(sweepId), change, cancellationToken);

    public static Task<SweepRow?> GetAsync(StorageAccount account, string sweepId, CancellationToken cancellationToken)
        => account.GetJsonAsync<SweepRow>(TableNames.Sweeps, Partition, TableKeys.Sweep(sweepId), cancellationToken);

    /// <summary>The sweeps that come after <paramref name="last"/>, or from the first when it is null.</summary>
    public static async Task<List<SweepRow>> ListAsync(StorageAccount account, int count, string? last, CancellationToken cancellationToken)
    {
        RowRange range = (last is null ? RowRange.All : RowRange.After(TableKeys.Sweep(last))).InPagesOf(Math.Min(count, StoreGuard.MaxPageSize));
        return await account[TableNames.Sweeps].Range(Partition, range, cancellationToken).Take(count)
            .Select(account.ReadJsonAsync<SweepRow>).ToListAsync(cancellationToken);
    }

    private static string Folder(string sweepId) => $"sweeps/{sweepId}";
}
