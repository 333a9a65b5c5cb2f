using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PelNas.Local.Tests.Engine.Semantics;

/// <summary>An engine with its storage, for tests of what functions and clients see of it. One runs for all tests of a class.</summary>
public abstract class SemanticsBackend : IAsyncLifetime
{
    /// <summary>The version of the app that runs.</summary>
    protected const string AppVersion = "1.0";

    public DurableTaskClient Client { get; protected set; } = null!;

    private protected LambdaFunctions Functions { get; } = SampleFunctions.Create();

    public abstract ValueTask InitializeAsync();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<string> StartAsync(string name, object? input = null, string? id = null) =>
        Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id), Cancellation);

    public Task<OrchestrationMetadata> FinishAsync(string id) =>
        Awaiting.For(Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation), $"the end of '{id}'");

    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, string? id = null) =>
        await FinishAsync(await StartAsync(name, input, id));

    public async ValueTask DisposeAsync()
    {
        await DisposeAsyncCore();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask DisposeAsyncCore();
}
