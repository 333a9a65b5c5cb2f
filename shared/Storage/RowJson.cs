using System.Text.Json;
using PelNas.Shared.Storage.Rows;

namespace PelNas.Shared.Storage;

/// <summary>Rows whose bodies are JSON: what all repositories read and write.</summary>
internal static class RowJson
{
    private const int MaxAttempts = 30;

    /// <summary>Reads a row, or null.</summary>
    public static async Task<T?> GetAsync<T>(this IRowStore rows, RowId id, CancellationToken cancellationToken)
        where T : class
        => await rows.GetAsync(id, cancellationToken) is { } row ? rows.Read<T>(row) : null;

    /// <summary>Writes a row, replacing what stands there.</summary>
    public static Task PutAsync<T>(this IRowStore rows, RowId id, T value, CancellationToken cancellationToken)
        => rows.TryPutAsync(id, PelNasJson.Serialize(value), RowCondition.Any, cancellationToken);

    /// <summary>Writes a row unless one stands there, and returns the one that does: of several writers all get the same.</summary>
    public static async Task<T> AddAsync<T>(this IRowStore rows, RowId id, T value, CancellationToken cancellationToken)
        where T : class
    {
        while (await rows.TryPutAsync(id, PelNasJson.Serialize(value), RowCondition.Absent, cancellationToken) is null)
        {
            if (await rows.GetAsync<T>(id, cancellationToken) is { } stored)
            {
                return stored;
            }

            // Deleted between the two.
        }

        return value;
    }

    /// <summary>Changes a row by what stands there, null where there is none; null leaves all as it is.</summary>
    /// <returns>The row that stands there now, or null.</returns>
    public static async Task<T?> ChangeAsync<T>(this IRowStore rows, RowId id, Func<T?, T?> change, CancellationToken cancellationToken)
        where T : class
    {
        StoredRow? changed = await rows.ChangeAsync(id, Change, cancellationToken);
        return changed is null ? null : rows.Read<T>(changed);

        string? Change(string? body)
            => change(body is null ? null : rows.Read<T>(new StoredRow(id, "", body))) is { } value ? PelNasJson.Serialize(value) : null;
    }

    /// <summary>Changes a row by what stands there: of several writers each sees what the last one wrote.</summary>
    /// <param name="change">
    /// Makes the new body of the stored one, or of null when there is no row; null or the same text leaves all as it is. May be asked
    /// several times, and must make of its own result the same again.
    /// </param>
    /// <returns>The row that stands there now, or null.</returns>
    /// <exception cref="StoreException">Others changed the row 30 times while this was tried, or the store is at fault.</exception>
    public static async Task<StoredRow?> ChangeAsync(
        this IRowStore rows, RowId id, Func<string?, string?> change, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            StoredRow? stored = await rows.GetAsync(id, cancellationToken);
            string? changed = change(stored?.Body);
            if (changed is null || changed == stored?.Body)
            {
                return stored;
            }

            RowCondition condition = stored is null ? RowCondition.Absent : RowCondition.Unchanged(stored.ETag);
            if (await rows.TryPutAsync(id, changed, condition, cancellationToken) is { } etag)
            {
                return new StoredRow(id, etag, changed);
            }
        }

        throw new StoreException(
            rows.Location,
            $"is written to by too many at once: the row {id} changed {MaxAttempts} times while it was written",
            "Try again.",
            kind: StoreFaultKind.Passing);
    }

    /// <summary>The value of a row.</summary>
    /// <exception cref="StoreException">It is none.</exception>
    public static T Read<T>(this IRowStore rows, StoredRow row)
        where T : class
    {
        try
        {
            return PelNasJson.Deserialize<T>(row.Body);
        }
        catch (JsonException exception)
        {
            throw StoreException.Unreadable(rows.Location, row.Id, exception);
        }
    }

    /// <summary>The values of rows, by their keys.</summary>
    public static async Task<List<T>> ListAsync<T>(this IRowStore rows, RowQuery query, CancellationToken cancellationToken)
        where T : class
        => await rows.QueryAsync(query, cancellationToken).Select(rows.Read<T>).ToListAsync(cancellationToken);

    /// <summary>Deletes the rows of a partition that were written before a time, by their values.</summary>
    /// <param name="rows">The store.</param>
    /// <param name="query">The rows.</param>
    /// <param name="isOld">Whether a value was.</param>
    /// <param name="most">Most that are deleted.</param>
    /// <param name="cancellationToken">Cancels. What is left over is found by the next call.</param>
    /// <returns>How many were deleted.</returns>
    public static async Task<int> DeleteWhereAsync<T>(
        this IRowStore rows, RowQuery query, Func<T, bool> isOld, int most, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        int deleted = 0;
        await foreach (StoredRow row in rows.QueryAsync(query, cancellationToken))
        {
            if (deleted >= most)
            {
                break;
            }

            deleted += isOld(rows.Read<T>(row)) && await rows.TryDeleteAsync(row.Id, RowCondition.Unchanged(row.ETag), cancellationToken)
                ? 1
                : 0;
        }

        return deleted;
    }

    /// <summary>A page of a list, and whether another one follows.</summary>
    /// <param name="rows">The store.</param>
    /// <param name="query">The whole list.</param>
    /// <param name="pageSize">Most rows, 1 to 1,000.</param>
    /// <param name="after">The last row of the page before, or null for the first page.</param>
    /// <param name="keep">Makes a row of the page, or null where it is not listed.</param>
    public static async Task<(List<T> Rows, bool IsFollowed)> ListAsync<T>(
        this IRowStore rows, RowQuery query, int pageSize, RowId? after, Func<StoredRow, T?> keep, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, RowLimits.MaxPageRows);

        // A row from before the list does not widen it.
        bool isWithin = after is { } last && string.CompareOrdinal(last.Key, query.From) >= 0;
        List<T> page = [];
        await foreach (StoredRow row in rows.QueryAsync(isWithin ? query.After(after!.Value.Key) : query, cancellationToken))
        {
            if (keep(row) is not { } kept)
            {
                continue;
            }

            // A row more than the page holds says that another one follows.
            if (page.Count == pageSize)
            {
                return (page, true);
            }

            page.Add(kept);
        }

        return (page, false);
    }
}
