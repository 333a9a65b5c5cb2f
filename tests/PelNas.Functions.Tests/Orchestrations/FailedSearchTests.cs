namespace PelNas.Functions.Tests.Orchestrations;

public sealed class FailedSearchTests : FolderTest
{
    [Fact]
    public async Task A_retry_that_is_cut_short_leaves_the_search_failed_so_that_it_can_be_retried()
    {
        CountingOracle oracle = new() { Fault = new ArgumentException("The oracle has no such label.") };
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path) { Oracle = oracle });
        (await app.RunAsync(SearchApp.SmallSearch())).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        oracle.Fault = null;

        await Should.ThrowAsync<IOException>(async () =>
            await FailedSearch.RetryAsync(new CutOffClient(app.Durable), await FailedAsync(), Cancellation));
        await FailedSearch.RetryAsync(app.Durable, await FailedAsync(), Cancellation);

        (await app.FinishAsync()).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);

        async Task<OrchestrationMetadata> FailedAsync()
        {
            SearchState state = await SearchState.GetAsync(app.Runs, app.Durable, SearchApp.RunId, Cancellation);
            state.Status.ShouldBe(SearchStatus.Failed);
            return state.Instance.ShouldNotBeNull();
        }
    }

    /// <summary>A client that cannot schedule anything.</summary>
    private sealed class CutOffClient(DurableTaskClient inner) : PassingClient(inner)
    {
        public override Task<string> ScheduleNewOrchestrationInstanceAsync(
            TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null,
            CancellationToken cancellation = default)
            => throw new IOException("The connection was cut.");
    }
}
