namespace PelNas.Shared.Tests.Storage.Rows;

/// <summary>The conformance suite in memory, where another instance on the same storage is the instance itself.</summary>
public sealed class MemoryRowStoreTests : RowStoreConformance
{
    private readonly MemoryRowStore _store = new();

    protected override IRowStore Open() => _store;
}
