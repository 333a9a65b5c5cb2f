namespace PelNas.Shared.Storage.Rows;

/// <summary>Where a row stands.</summary>
/// <param name="Table">Table: one for each kind of row.</param>
/// <param name="Partition">Partition: rows that are listed, written in batches and deleted together.</param>
/// <param name="Key">Key within the partition, by which its rows are sorted.</param>
public readonly record struct RowId(string Table, string Partition, string Key)
{
    /// <summary>The three with slashes, which none of them can contain.</summary>
    public override string ToString() => $"{Table}/{Partition}/{Key}";
}

/// <summary>A row as it was read or written.</summary>
/// <param name="Id">Where it stands.</param>
/// <param name="ETag">Changes with every write; what it looks like is up to the adapter.</param>
/// <param name="Body">The text, as a rule JSON; empty when only keys were requested.</param>
public sealed record StoredRow(RowId Id, string ETag, string Body);

/// <summary>A row to be written in a batch.</summary>
/// <param name="Key">Key within the batch's partition.</param>
/// <param name="Condition">What must hold; nothing unless given.</param>
public sealed record RowWrite(string Key, string Body, RowCondition Condition = default);

/// <summary>A range of one partition, by key.</summary>
public sealed record RowQuery(string Table, string Partition)
{
    /// <summary>The least key; from the first row on when null.</summary>
    public string? From { get; init; }

    /// <summary>The key before which the range ends; to the last row when null.</summary>
    public string? To { get; init; }

    /// <summary>Most rows, 1 or more; all when null.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether bodies stay where they are: rows come with an empty one.</summary>
    public bool KeysOnly { get; init; }

    /// <summary>The rows after a key. No key can stand between it and itself followed by a space, the least character of keys.</summary>
    public RowQuery After(string key) => this with { From = key + " " };

    /// <summary>The rows whose key begins with a text that ends with a colon.</summary>
    public RowQuery StartingWith(string prefix)
    {
        return prefix.EndsWith(':')
            ? this with { From = prefix, To = prefix[..^1] + ";" }
            : throw new ArgumentException($"'{prefix}' does not end with a colon.", nameof(prefix));
    }
}

/// <summary>What must hold of a row for it to be written or deleted.</summary>
public readonly record struct RowCondition
{
    /// <summary>Whatever stands there, or nothing.</summary>
    public static RowCondition Any => default;

    /// <summary>No row stands there.</summary>
    public static RowCondition Absent => new() { MustBeAbsent = true };

    internal bool MustBeAbsent { get; private init; }

    internal string? ETag { get; private init; }

    /// <summary>The row with this ETag stands there.</summary>
    public static RowCondition Unchanged(string etag)
    {
        ArgumentException.ThrowIfNullOrEmpty(etag);
        return new() { ETag = etag };
    }

    /// <summary>Whether it holds of the row with the given ETag, or of none.</summary>
    internal bool HoldsOf(string? etag) => MustBeAbsent ? etag is null : ETag is null || ETag == etag;
}
