using System.Collections.Concurrent;
using Azure.Data.Tables;
using PelNas.Shared.Records;

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
        string month = await ListedMonthAsync(run.RunId, cancellationToken);
        await account.PutJsonAsync(TableNames.Runs, month, TableKeys.Run(run.RunId), Folder(run.RunId), run, cancellationToken);
    }

    public async Task<RunRow?> ChangeAsync(string runId, Func<RunRow?, RunRow?> change, CancellationToken cancellationToken)
    {
        string month = await ListedMonthAsync(runId, cancellationToken);
        return await account.ChangeJsonAsync(TableNames.Runs, month, TableKeys.Run(runId), Folder(runId), change, cancellationToken);
    }

    public Task<RunRow?> GetAsync(string runId, CancellationToken cancellationToken)
        => account.GetJsonAsync<RunRow>(TableNames.Runs, MonthOf(runId), TableKeys.Run(runId), cancellationToken);

    /// <summary>The runs that come after <paramref name="last"/> and started before <paramref name="before"/>, where these are given.</summary>
    public async Task<List<RunRow>> ListAsync(int count, string? last, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        (string? start, RowRange first) = Start(last, before);
        RowRange months = start is null ? RowRange.All : RowRange.From(TableKeys.MonthRow(start));
        List<RunRow> runs = [];
        await foreach (TableEntity row in Rows.Range(TableKeys.Months, months, cancellationToken))
        {
            string month = TableKeys.MonthOf(row.RowKey);
            RowRange range = month == start ? first : RowRange.All;
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
    /// <param name="runId">Run.</param>
    /// <param name="isDeleted">Asked before each table; false ends the deletion there.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task DeleteAsync(string runId, Func<Task<bool>> isDeleted, CancellationToken cancellationToken)
    {
        Func<Task>[] steps =
        [
            () => account[TableNames.Fronts].DeletePartitionAsync(runId, cancellationToken),
            () => account[TableNames.Candidates].DeletePartitionsOfAsync(runId, cancellationToken),
            () => account[TableNames.Heuristics].DeletePartitionsOfAsync(runId, cancellationToken),
            () => account[TableNames.Priors].DeletePartitionAsync(runId, cancellationToken),
            () => account[TableNames.Rounds].DeletePartitionAsync(runId, cancellationToken),
            () => account[TableNames.Budget].DeletePartitionAsync(runId, cancellationToken),
            () => account.Bodies.DeleteFolderAsync(Folder(runId), cancellationToken),
            () => Rows.DeleteAsync(MonthOf(runId), TableKeys.Run(runId), cancellationToken),
        ];
        foreach (Func<Task> step in steps)
        {
            if (!await isDeleted())
            {
                return;
            }

            await step();
        }
    }

    /// <summary>The month with which a list begins, and the rows of it; null for the latest.</summary>
    private static (string? Month, RowRange Rows) Start(string? last, DateTimeOffset? before)
    {
        string? after = last is null ? null : TableKeys.Run(last);
        string? from = before is { } time ? TableKeys.RunsBefore(time) : null;
        return (after, from) switch
        {
            (null, null) => (null, RowRange.All),
            (null, _) => (TableKeys.Month(before!.Value), RowRange.From(from)),
            // A token of a list without a limit may lie before it.
            (_, not null) when string.CompareOrdinal(from, after) > 0 => (TableKeys.Month(before!.Value), RowRange.From(from)),
            _ => (MonthOf(last!), RowRange.After(after)),
        };
    }

    /// <summary>The month of a run, which has a row then. Before the run: a run in a month without a row would not be listed.</summary>
    private async Task<string> ListedMonthAsync(string runId, CancellationToken cancellationToken)
    {
        string month = MonthOf(runId);
        if (!_months.ContainsKey(month))
        {
            await Rows.PutAsync(new TableEntity(TableKeys.Months, TableKeys.MonthRow(month)), cancellationToken);
            _months[month] = true;
        }

        return month;
    }

    private static string MonthOf(string runId) => TableKeys.Month(StoreGuard.StartOf(runId));
}
