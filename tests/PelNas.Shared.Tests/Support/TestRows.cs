namespace PelNas.Shared.Tests.Support;

/// <summary>Rows as two processes share them: in memory, or in a file that both have opened.</summary>
public sealed class TestRows : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Opens them.</summary>
    /// <param name="adapter"><c>memory</c> or <c>sqlite</c>.</param>
    public TestRows(string adapter)
    {
        MemoryRowStore memory = new();
        string file = _folder.File("store.db");
        Processes = adapter == "sqlite" ? [new SqliteRowStore(file), new SqliteRowStore(file)] : [memory, memory];
    }

    public IReadOnlyList<IRowStore> Processes { get; }

    public void Dispose()
    {
        foreach (IDisposable store in Processes.OfType<IDisposable>())
        {
            store.Dispose();
        }

        _folder.Dispose();
    }
}
