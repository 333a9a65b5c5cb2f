[assembly: AssemblyFixture(typeof(SharedApp))]

namespace PelNas.Functions.Tests.Support;

/// <summary>One app for all tests that do not mind each other, with one search that has ended.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    internal SearchApp App { get; private set; } = null!;

    /// <summary>The search that has ended.</summary>
    public string Ended { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        App = await SearchApp.StartAsync();
        Ended = await App.StartSearchAsync();
        (await App.FinishAsync(Ended)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
