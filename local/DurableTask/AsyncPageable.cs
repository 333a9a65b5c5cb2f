namespace Microsoft.DurableTask;

/// <summary>A query's results, read a page at a time.</summary>
/// <typeparam name="T">The type of a result.</typeparam>
public abstract class AsyncPageable<T> : IAsyncEnumerable<T>
    where T : notnull
{
    /// <summary>The results page by page.</summary>
    /// <param name="continuationToken">Where to begin: a token of an earlier page, or null for the beginning.</param>
    /// <param name="pageSizeHint">How many results a page should have; null for the query's own size.</param>
    public abstract IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = default, int? pageSizeHint = default);

    /// <inheritdoc/>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (Page<T> page in AsPages().WithCancellation(cancellationToken))
        {
            foreach (T value in page.Values)
            {
                yield return value;
            }
        }
    }
}
