namespace PelNas.Local.Tests.Engine.Semantics;

/// <summary>An engine with its storage, for tests of what functions and clients see of it. One runs for all tests of a class.</summary>
public abstract class SemanticsBackend : IAsyncLifetime
{
    /// <summary>The version of the app that runs.</summary>
    protected const string AppVersion = "1.0";

    public DurableTaskClient Client { get; protected set; } = null!;

    private protected LambdaFunctions Functions { get; } = SampleFunctions.Create();

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();
}
