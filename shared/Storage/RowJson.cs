using System.Text.Json;
using PelNas.Shared.Storage.Rows;

namespace PelNas.Shared.Storage;

/// <summary>Rows whose bodies are JSON: what all repositories read and write.</summary>
internal static class RowJson
{
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

    /// <summary>
    /// Changes a row by what stands there, as <see cref="RowStoreExtensions.ChangeAsync"/> does; null leaves it as it is.
    /// </summary>
    /// <returns>The row that stands there now, or null.</returns>
    public static async Task<T?> ChangeAsync<T>(this IRowStore rows, RowId id, Func<T?, T?> change, CancellationToken cancellationToken)
        where T : class
    {
        StoredRow? changed = await rows.ChangeAsync(
            id,
            body => change(body is null ? null : rows.Read<T>(new StoredRow(id, "", body))) is { } value
                ? PelNasJson.Serialize(value)
                : null,
            cancellationToken);
        return changed is null ? null : rows.Read<T>(changed);
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
            throw new StoreException(
                rows.Location, $"holds a row that cannot be read ({row.Id}: {exception.Message})",
                "Delete what it belongs to, or restore it from a backup.", exception);
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
        StoreGuard.PageSize(pageSize);

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
