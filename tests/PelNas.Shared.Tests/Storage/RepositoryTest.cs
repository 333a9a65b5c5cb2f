namespace PelNas.Shared.Tests.Storage;

/// <summary>What the tests of repositories share: rows in memory, and how they are damaged.</summary>
public abstract class RepositoryTest
{
    protected static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    protected IRowStore Rows { get; } = new MemoryRowStore();

    /// <summary>Compares by content: records that hold lists are equal only by reference.</summary>
    protected static void ShouldBeSame<T>(T? actual, T? expected) => PelNasJson.Serialize(actual).ShouldBe(PelNasJson.Serialize(expected));

    /// <summary>Cuts the bodies of a partition's rows, and checks that a call says so with the first row's keys.</summary>
    protected async Task ShouldNameTheDamagedRowAsync(string table, string partition, params Func<Task>[] calls)
    {
        List<StoredRow> rows = await Rows.QueryAsync(new RowQuery(table, partition), Cancellation).ToListAsync(Cancellation);
        foreach (StoredRow row in rows)
        {
            await Rows.TryPutAsync(row.Id, row.Body[..^1], RowCondition.Any, Cancellation);
        }

        foreach (Func<Task> call in calls)
        {
            StoreException fault = await Should.ThrowAsync<StoreException>(call);
            fault.Message.ShouldContain($"holds a row that cannot be read ({rows[0].Id}");
            fault.Kind.ShouldBe(StoreFaultKind.Lasting);
        }
    }

    /// <summary>All of a list, page by page.</summary>
    protected static async Task<List<T>> PagesAsync<T>(int pageSize, Func<string?, Task<(IReadOnlyList<T> Rows, string? Next)>> list)
    {
        List<T> listed = [];
        string? continuation = null;
        do
        {
            (IReadOnlyList<T> rows, continuation) = await list(continuation);
            rows.Count.ShouldBeInRange(continuation is null ? 0 : pageSize, pageSize);
            listed.AddRange(rows);
        }
        while (continuation is not null);

        return listed;
    }
}
