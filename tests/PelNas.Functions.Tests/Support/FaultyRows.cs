namespace PelNas.Functions.Tests.Support;

/// <summary>A store of which some calls fail.</summary>
/// <param name="inner">The store behind it.</param>
/// <param name="fault">The fault of a call by its table, its partition and whether it writes; null for none.</param>
internal sealed class FaultyRows(IRowStore inner, Func<string, string, bool, Exception?> fault) : PassingRows(inner)
{
    /// <summary>A store of which every call fails but for that of the app's start.</summary>
    public static IRowStore OnceStarted(Exception fault)
        => new FaultyRows(new MemoryRowStore(), (_, partition, _) => partition == "start" ? null : fault);

    /// <summary>A store one of whose tables cannot be read.</summary>
    public static IRowStore Without(IRowStore inner, string table)
        => new FaultyRows(inner, (called, _, isWrite) => called == table && !isWrite ? OutOfOrder() : null);

    /// <summary>A store one of whose partitions cannot be written.</summary>
    public static IRowStore ReadOnly(IRowStore inner, string partition)
        => new FaultyRows(inner, (_, called, isWrite) => called == partition && isWrite ? OutOfOrder() : null);

    protected override Task BeforeReadAsync(string table, string partition, string? key) => Check(table, partition, isWrite: false);

    protected override Task BeforeWriteAsync(string table, string partition, string? key) => Check(table, partition, isWrite: true);

    private static StoreException OutOfOrder() => new("the test's store", "is out of order", "Try again.");

    private Task Check(string table, string partition, bool isWrite)
        => fault(table, partition, isWrite) is { } thrown ? Task.FromException(thrown) : Task.CompletedTask;
}
