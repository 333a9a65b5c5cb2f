namespace PelNas.Cli.Tests.Searching;

/// <summary>A search of four generations that nothing happens to, for those that are killed to be held against. It is made once.</summary>
public sealed class UndisturbedSearch : IAsyncLifetime
{
    private readonly Pelnas _pelnas = new();

    /// <summary>The search.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
        ["--dataset", "cifar10", "--device", "fpga", "--seed", "1", "--generations", "4", "--max-labels", "50"];

    /// <summary>What it came to, without ids and times.</summary>
    public string Result { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        (await _pelnas.SearchAsync("out", [.. Arguments])).ShouldSucceed();
        Result = ResultDocument.Comparable(_pelnas.In("out"));
    }

    public ValueTask DisposeAsync()
    {
        _pelnas.Dispose();
        return ValueTask.CompletedTask;
    }
}
