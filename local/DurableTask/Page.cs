namespace Microsoft.DurableTask;

/// <summary>Some of a query's results, and how to go on.</summary>
/// <typeparam name="T">The type of a result.</typeparam>
public sealed class Page<T>
    where T : notnull
{
    /// <summary>Makes a page.</summary>
    public Page(IReadOnlyList<T> values, string? continuationToken = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        Values = values;
        ContinuationToken = continuationToken;
    }

    /// <summary>The page's results.</summary>
    public IReadOnlyList<T> Values { get; }

    /// <summary>Where the next page begins; null after the last.</summary>
    public string? ContinuationToken { get; }
}
