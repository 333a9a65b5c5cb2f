using System.Collections.Concurrent;
using Azure.Data.Tables;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Runs, newest first: a partition a month, and one with a row for each month, so that a list never scans the table.</summary>
internal sealed class RunTable(StorageAccount account)
{
    // Months whose row is known to be there. Nothing deletes these rows.
    private readonly ConcurrentDictionary<string, bool> _months = new(StringComparer.Ordinal);

    private EntityTable Rows => account[TableNames.Runs];

    /// <summary>Folder of the blobs of a run.</summary>
    public static string Folder(string runId) => $"runs/{runId}";

    public async Task PutAsync(RunRow run, CancellationToken cancellationToken)
    {
        string month = MonthOf(run.RunId);
        // Before the run: a run in a month without a row would not be listed.
        if (!_months.ContainsKey(month))
        {
            await Rows.PutAsync(new TableEntity(TableKeys.Months, TableKeys.MonthRow(month)), cancellationToken);
            _months[month] = true;
        }

        await account.PutJsonAsync(TableNames.Runs, month, TableKeys.Run(run.RunId), Folder(run.RunId), run, cancellationToken);
    }

    public Task<RunRow?> GetAsync(string runId, CancellationToken cancellationToken)
        => account.GetJsonAsync<RunRow>(TableNames.Runs, MonthOf(runId), TableKeys.Run(runId), cancellationToken);

    /// <summary>The runs that come after <paramref name="last"/>, or from the first when it is null.</summary>
    public async Task<List<RunRow>> ListAsync(int count, string? last, CancellationToken cancellationToken)
    {
        string? start = last is null ? null : MonthOf(last);
        RowRange months = start is null ? RowRange.All : RowRange.From(TableKeys.MonthRow(start));
        List<RunRow> runs = [];
        await foreach (TableEntity row in Rows.Range(TableKeys.Months, months, cancellationToken))
        {
            string month = TableKeys.MonthOf(row.RowKey);
            RowRange range = month == start ? RowRange.After(TableKeys.Run(last!)) : RowRange.All;
            int missing = count - runs.Count;
            runs.AddRange(await Rows.Range(month, range.InPagesOf(Math.Min(missing, StoreGuard.MaxPageSize)), cancellationToken).Take(missing)
                .Select(account.ReadJsonAsync<RunRow>).ToListAsync(cancellationToken));
            if (runs.Count == count)
            {
                break;
            }
        }

        return runs;
    }

    /// <summary>
    /// Deletes the run from every table that knows it. The front goes first and the row of the run last: what is cut short shows no half
    /// of a result and is still listed, so that it can be deleted again.
    /// </summary>
    public async Task DeleteAsync(string runId, CancellationToken cancellationToken)
    {
        await account[TableNames.Fronts].DeletePartitionAsync(runId, cancellationToken);
        await account[TableNames.Candidates].DeletePartitionsOfAsync(runId, cancellationToken);
        await account[TableNames.Heuristics].DeletePartitionsOfAsync(runId, cancellationToken);
        await account[TableNames.Rounds].DeletePartitionAsync(runId, cancellationToken);
        await account.Bodies.DeleteFolderAsync(Folder(runId), cancellationToken);
        await Rows.DeleteAsync(MonthOf(runId), TableKeys.Run(runId), cancellationToken);
    }

    private static string MonthOf(string runId) => TableKeys.Month(StoreGuard.StartOf(runId));
}
