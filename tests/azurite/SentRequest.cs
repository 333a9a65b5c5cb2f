namespace PelNas.Tests.Azurite;

/// <summary>A request that a store sent.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Uri">Address.</param>
/// <param name="Length">Bytes of the body.</param>
public sealed record SentRequest(string Method, Uri Uri, long Length)
{
    /// <summary>Whether it can change something.</summary>
    public bool IsWrite => Method is not ("GET" or "HEAD");

    /// <summary>The filter of a query of a table, or null.</summary>
    public string? Filter => Parameter("$filter");

    /// <summary>Whether it asks for more than one row.</summary>
    public bool IsQuery => !IsWrite && Uri.AbsolutePath.EndsWith("()", StringComparison.Ordinal);

    /// <summary>
    /// Whether it is one that costs the same however much the store holds: a write, the read of one row, or a query of one
    /// partition of a table.
    /// </summary>
    public bool IsBounded => !IsQuery || (Filter?.StartsWith("PartitionKey eq '", StringComparison.Ordinal) ?? false);

    private string? Parameter(string name) => Uri.Query.TrimStart('?').Split('&')
        .Select(pair => Uri.UnescapeDataString(pair.Replace('+', ' ')))
        .FirstOrDefault(pair => pair.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}
