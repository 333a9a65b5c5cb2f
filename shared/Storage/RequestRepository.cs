using PelNas.Shared.Storage.Rows;

namespace PelNas.Shared.Storage;

/// <summary>What requests that carry a key have started, so that one that is sent again starts nothing more.</summary>
/// <param name="time">Clock of their age.</param>
public sealed class RequestRepository(IRowStore rows, TimeProvider time)
{
    private static readonly RowQuery All = new("Requests", "requests");

    /// <summary>
    /// Stores a value under a key unless one is there: of any number of callers at the same time all get the first one's value.
    /// </summary>
    /// <returns>The value in force.</returns>
    public async Task<string> AddAsync(string key, string value, CancellationToken cancellationToken)
        => (await rows.AddAsync(new RowId(All.Table, All.Partition, key), new Request(value, time.GetUtcNow()), cancellationToken)).Value;

    /// <summary>
    /// Deletes those that were stored before a time, at most so many, and returns how many. What is left over is found by the next call.
    /// </summary>
    public Task<int> DeleteBeforeAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
        => rows.DeleteWhereAsync<Request>(All, request => request.At < before, most, cancellationToken);

    private sealed record Request(string Value, DateTimeOffset At);
}
