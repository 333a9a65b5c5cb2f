namespace PelNas.Shared.Storage.Rows;

/// <summary>What is built on the port's methods once for all repositories.</summary>
public static class RowStoreExtensions
{
    private const int MaxAttempts = 30;

    /// <summary>Changes a row by what stands there: of several writers each sees what the last one wrote.</summary>
    /// <param name="id">The row.</param>
    /// <param name="change">
    /// Makes the new body of the stored one, or of null when there is no row; null or the same text leaves all as it is. May be asked
    /// several times, and must make of its own result the same again.
    /// </param>
    /// <returns>The row that stands there now, or null.</returns>
    /// <exception cref="StoreException">Others changed the row 30 times while this was tried, or the store is at fault.</exception>
    public static async Task<StoredRow?> ChangeAsync(
        this IRowStore store, RowId id, Func<string?, string?> change, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            StoredRow? stored = await store.GetAsync(id, cancellationToken);
            string? changed = change(stored?.Body);
            if (changed is null || changed == stored?.Body)
            {
                return stored;
            }

            RowCondition condition = stored is null ? RowCondition.Absent : RowCondition.Unchanged(stored.ETag);
            if (await store.TryPutAsync(id, changed, condition, cancellationToken) is { } etag)
            {
                return new StoredRow(id, etag, changed);
            }
        }

        throw new StoreException(
            store.Location,
            $"is written to by too many at once: the row {id} changed {MaxAttempts} times while it was written",
            "Try again.",
            kind: StoreFaultKind.Passing);
    }
}
