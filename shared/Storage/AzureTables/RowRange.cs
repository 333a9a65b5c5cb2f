using Azure.Data.Tables;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Which rows of a partition are read.</summary>
internal sealed record RowRange
{
    private RowRange(string filter, int? pageSize) => (Filter, PageSize) = (filter, pageSize);

    /// <summary>Every row.</summary>
    public static RowRange All { get; } = new("", null);

    /// <summary>The rest of the filter, after the partition key.</summary>
    public string Filter { get; }

    /// <summary>Rows asked for in one request; null for as many as the service gives, 1,000.</summary>
    public int? PageSize { get; }

    /// <summary>The rows that begin with a text that ends with a colon.</summary>
    public static RowRange StartingWith(string prefix)
        => prefix.EndsWith(':')
            ? new(TableClient.CreateQueryFilter($" and RowKey ge {prefix} and RowKey lt {prefix[..^1] + ";"}"), null)
            : throw new ArgumentException($"'{prefix}' does not end with a colon.", nameof(prefix));

    /// <summary>The rows from a key on, that key included.</summary>
    public static RowRange From(string row) => new(TableClient.CreateQueryFilter($" and RowKey ge {row}"), null);

    /// <summary>The rows from one key to another, both included.</summary>
    public static RowRange Between(string first, string last) => new(TableClient.CreateQueryFilter($" and RowKey ge {first} and RowKey le {last}"), null);

    /// <summary>The rows after a key.</summary>
    public static RowRange After(string row) => new(TableClient.CreateQueryFilter($" and RowKey gt {row}"), null);

    /// <summary>The rows that were last written before a time, by the service's clock. The service reads the whole partition for them.</summary>
    public static RowRange WrittenBefore(DateTimeOffset time) => new(TableClient.CreateQueryFilter($" and Timestamp lt {time}"), null);

    /// <summary>The same rows, in requests of the given size.</summary>
    public RowRange InPagesOf(int size) => new(Filter, size);
}
