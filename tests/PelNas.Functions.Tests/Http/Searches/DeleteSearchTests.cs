using Microsoft.AspNetCore.Http;
using PelNas.Functions.Activities;
using PelNas.Tests.Azurite;

namespace PelNas.Functions.Tests.Http.Searches;

public sealed class DeleteSearchTests(SharedApp shared, AzuriteFixture azurite)
{
    [Fact]
    public async Task Of_a_search_that_has_ended_nothing_is_left()
    {
        string id = await shared.App.StartSearchAsync();
        await shared.App.FinishAsync(id);
        (await shared.App.DeleteAsync($"searches/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await NothingIsLeftAsync(shared.App, id);
    }

    [Fact]
    public async Task A_search_that_runs_is_gone_at_once_and_its_orchestrations_end()
    {
        GatedChatClient gate = new();
        await using SearchApp app = await SearchApp.StartAsync(services => services.AddSingleton<IChatClient>(gate));
        string id = await StartAsync(app, "deleted while it runs");
        await gate.ReachedAsync();
        (await app.DeleteAsync($"searches/{id}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await app.ShouldNotFindAsync($"searches/{id}");
        await app.ShouldNotFindAsync($"searches/{id}/front");
        await (await app.PostAsync($"searches/{id}/suspend")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        await (await app.DeleteAsync($"searches/{id}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        (await app.GetAsync<SearchList>("searches")).Searches.ShouldBeEmpty();
        await (await app.PostAsync("searches", SmallSearches.Body(), "deleted while it runs")).ShouldBeProblemAsync(HttpStatusCode.Conflict, ProblemCodes.Conflict);
        await EndAsync(app, id, gate);
    }

    [Fact]
    public async Task A_deletion_stands_after_the_process_has_ended_right_behind_it()
    {
        using TemporaryFolder folder = new();
        GatedChatClient gate = new();
        SearchAppSettings settings = new(folder.Path) { EnableHttp = true };
        await using (SearchApp app =
            await SearchApp.StartAsync(settings with { Configure = services => services.AddSingleton<IChatClient>(gate) }))
        {
            await app.ScheduleAsync(SearchApp.SmallSearch());
            await gate.ReachedAsync();
            (await app.DeleteAsync($"searches/{SearchApp.RunId}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        await using SearchApp again = await SearchApp.StartAsync(settings with { Commits = new CommitLog() });
        (await again.FinishAsync()).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Terminated);
        (await again.Runs.GetAsync(SearchApp.RunId, Cancellation)).ShouldBeNull();
        (await again.Runs.IsDeletedAsync(SearchApp.RunId, Cancellation)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_search_whose_orchestrations_could_not_be_asked_to_end_ends_with_its_next_steps()
    {
        GatedChatClient gate = new();
        await using SearchApp app = await SearchApp.StartAsync(services => services.AddSingleton<IChatClient>(gate));
        string id = await app.StartSearchAsync();
        await gate.ReachedAsync();
        await Should.ThrowAsync<IOException>(() => new DeleteSearch(app.Runs, TimeProvider.System)
            .RunAsync(new DefaultHttpContext().Request, id, new AwayClient(app.Durable), Cancellation));

        gate.Open();
        OrchestrationMetadata ended = await app.FinishAsync(id);
        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        ended.FailureDetails!.Cause().ErrorType.ShouldBe(typeof(RunNotFoundException).FullName);
        await app.ShouldNotFindAsync($"searches/{id}");
    }

    [Fact]
    public async Task A_search_that_was_deleted_before_it_was_planned_is_not_planned_any_more()
    {
        const string Id = "20260102-030405-early";
        HeldActivity plan = new(nameof(SearchSteps.PlanSearch));
        await using SearchApp app = await SearchApp.StartAsync(plan.AddTo);
        await app.Durable.ScheduleAsync(nameof(SearchOrchestrator), new SearchInput(SmallSearches.Request), Id);
        await plan.ReachedAsync();
        await app.Runs.DeleteAsync(Id, TimeProvider.System.GetUtcNow(), Cancellation);
        plan.Open();
        (await app.FinishAsync(Id)).FailureDetails!.Cause().ErrorType.ShouldBe(typeof(RunNotFoundException).FullName);
        (await app.Runs.GetAsync(Id, Cancellation)).ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Steps_of_a_deleted_search_that_go_on_bring_nothing_back(bool inTables)
    {
        GatedChatClient gate = new();
        RecordedActivities activities = new();
        AzuriteStores stores = new(await azurite.Server);
        await using SearchApp app = await SearchApp.StartAsync(services =>
        {
            services.AddSingleton<IChatClient>(gate);
            activities.AddTo(services);
            if (inTables)
            {
                services.AddSingleton<IRowStore>(stores.OpenRows());
            }
        });
        string id = await app.StartSearchAsync();
        await gate.ReachedAsync();
        (await app.DeleteAsync($"searches/{id}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await EndAsync(app, id, gate);
        (string Name, Task<string?> Run)[] runs = [.. activities.Runs];
        await Awaiting.For(Task.WhenAny(Task.WhenAll(runs.Select(run => run.Run))), "the end of all steps");
        (await app.Runs.GetAsync(id, Cancellation)).ShouldBeNull();
        (await app.Runs.IsDeletedAsync(id, Cancellation)).ShouldBeTrue();

        // The purge leaves nothing of what they wrote.
        await app.Runs.PurgeAsync(id, Cancellation);
        await app.Durable.PurgeInstanceAsync(id, new PurgeInstanceOptions(Recursive: true), Cancellation);
        await NothingIsLeftAsync(app, id);
    }

    [Fact]
    public async Task A_suspended_search_can_be_deleted()
    {
        GatedChatClient gate = new();
        await using SearchApp app = await SearchApp.StartAsync(services => services.AddSingleton<IChatClient>(gate));
        string id = await app.StartSearchAsync();
        await gate.ReachedAsync();
        await app.PostAsync($"searches/{id}/suspend");
        await app.UntilAsync(async () => (await app.SearchAsync(id)).Status == SearchStatus.Suspended, "the search is suspended");
        (await app.DeleteAsync($"searches/{id}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await EndAsync(app, id, gate);
    }

    [Fact]
    public async Task What_ends_just_before_it_is_terminated_is_deleted_all_the_same()
    {
        GatedChatClient gate = new();
        await using SearchApp app = await SearchApp.StartAsync(services => services.AddSingleton<IChatClient>(gate));
        string id = await app.StartSearchAsync();
        await gate.ReachedAsync();

        IResult answer = await new DeleteSearch(app.Runs, TimeProvider.System)
            .RunAsync(new DefaultHttpContext().Request, id, app.Overtaken(), Cancellation);

        ((IStatusCodeHttpResult)answer).StatusCode.ShouldBe(StatusCodes.Status202Accepted);
        (await app.Runs.IsDeletedAsync(id, Cancellation)).ShouldBeTrue();
    }

    [Fact]
    public async Task After_the_deletion_its_key_starts_it_anew_under_the_same_id()
    {
        string first = await StartAsync(shared.App, "deleted in between");
        await shared.App.FinishAsync(first);
        (await shared.App.DeleteAsync($"searches/{first}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await StartAsync(shared.App, "deleted in between")).ShouldBe(first);
        (await shared.App.FinishAsync(first)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        (await shared.App.SearchAsync(first)).Status.ShouldBe(SearchStatus.Completed);
    }

    [Fact]
    public async Task What_a_deletion_that_was_cut_short_left_goes_with_the_nightly_purge()
    {
        string id = await shared.App.StartSearchAsync();
        await shared.App.FinishAsync(id);
        RunRepository away = new(FaultyRows.ReadOnly(shared.App.Services.GetRequiredService<IRowStore>(), id));
        await Should.ThrowAsync<StoreException>(() => new DeleteSearch(away, TimeProvider.System)
            .RunAsync(new DefaultHttpContext().Request, id, shared.App.Durable, Cancellation));

        await shared.App.ShouldNotFindAsync($"searches/{id}");
        (await shared.App.Runs.ListDeletedAsync(DateTimeOffset.MaxValue, Cancellation)).ShouldContain(id);
    }

    private static async Task<string> StartAsync(SearchApp app, string key)
        => (await (await app.PostAsync("searches", SmallSearches.Body(), key)).ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetString()!;

    /// <summary>
    /// Waits until the search has ended and then, when the proposer has answered, its partitions: the next step of each finds no run.
    /// </summary>
    private static async Task EndAsync(SearchApp app, string id, GatedChatClient gate)
    {
        (await app.FinishAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Terminated);
        gate.Open();
        await app.UntilAsync(
            async () => (await app.InstancesAsync(id)).TrueForAll(instance => instance.IsCompleted),
            $"all orchestrations of {id} have ended");
        (await app.InstancesAsync(id)).ShouldAllBe(
            instance => !instance.InstanceId.Contains("-g1-", StringComparison.Ordinal)
                || instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed);
    }

    private static async Task NothingIsLeftAsync(SearchApp app, string id)
    {
        (await app.InstancesAsync(id)).ShouldBeEmpty();
        (await app.Runs.GetAsync(id, Cancellation)).ShouldBeNull();
        (await app.Runs.IsDeletedAsync(id, Cancellation)).ShouldBeFalse();
        (await app.Runs.ReadAsync(id, 0, int.MaxValue, Cancellation)).ShouldBeEmpty();
        (await app.Runs.ListSpendingAsync(id, Cancellation)).ShouldBeEmpty();
        await (await app.DeleteAsync($"searches/{id}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        await app.ShouldNotFindAsync($"searches/{id}");
    }

    /// <summary>A client that cannot end anything.</summary>
    private sealed class AwayClient(DurableTaskClient inner) : PassingClient(inner)
    {
        public override Task TerminateInstanceAsync(
            string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
            => throw new IOException("The backend does not answer.");
    }
}
