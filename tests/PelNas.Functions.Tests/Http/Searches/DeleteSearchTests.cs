using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PelNas.Functions.Activities;
using PelNas.Functions.Http;
using PelNas.Functions.Http.Searches;
using PelNas.Functions.Orchestrations;
using PelNas.Functions.Tests.Support;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Tests.Azurite;

namespace PelNas.Functions.Tests.Http.Searches;

public sealed class DeleteSearchTests(SharedApp shared, AzuriteFixture azurite)
{
    private const int Partitions = 6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_search_that_has_ended_nothing_is_left()
    {
        string id = await shared.App.StartSearchAsync();
        await shared.App.EndOfAsync(id);
        (await shared.App.DeleteAsync($"searches/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await NothingIsLeftAsync(shared.App, id);
    }

    [Fact]
    public async Task A_search_that_runs_is_gone_at_once_and_its_orchestrations_end_by_themselves()
    {
        GatedChatClient gate = new();
        HeldActivity removal = new(nameof(RemoveSearch));
        await using AppHost app = await AppHost.StartAsync(services =>
        {
            services.AddSingleton<IChatClient>(gate);
            removal.AddTo(services);
        });
        string id = await StartAsync(app, "deleted while it runs");
        await gate.ReachedAsync();
        (await app.DeleteAsync($"searches/{id}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await removal.ReachedAsync();

        // Its orchestrations are still there, and nobody finds it.
        (await app.Durable.GetInstanceAsync(id, Cancellation)).ShouldNotBeNull();
        await (await app.GetAsync($"searches/{id}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        await (await app.PostAsync($"searches/{id}/suspend")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        (await (await app.GetAsync("searches")).ShouldBeAsync<SearchList>(HttpStatusCode.OK)).Searches.ShouldBeEmpty();
        (await app.DeleteAsync($"searches/{id}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await (await PostAsync(app, "deleted while it runs")).ShouldBeProblemAsync(HttpStatusCode.Conflict, ProblemCodes.Conflict);

        removal.Open();
        await IsRemovedAsync(app, id);

        // A step may be delivered twice.
        (await app.Services.GetRequiredService<SearchRemover>().RemoveAsync(id, Partitions, app.Durable, Cancellation)).ShouldBeTrue();
        await NothingIsLeftAsync(app, id);

        gate.Open();
        (await StartAsync(app, "deleted while it runs")).ShouldBe(id);
        (await app.EndOfAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task A_removal_goes_on_after_the_process_has_ended_in_the_middle_of_it()
    {
        using TemporaryFolder folder = new();
        GatedChatClient gate = new();
        HeldActivity removal = new(nameof(RemoveSearch));
        SearchAppSettings settings = new(folder.Path) { EnableHttp = true };
        await using (SearchApp app = await SearchApp.StartAsync(settings with
        {
            Configure = services =>
            {
                services.AddSingleton<IChatClient>(gate);
                removal.AddTo(services);
            },
        }))
        {
            await app.ScheduleAsync(SearchApp.SmallSearch());
            await gate.ReachedAsync();
            using HttpClient client = app.CreateClient();
            (await client.DeleteAsync($"searches/{SearchApp.RunId}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            await removal.ReachedAsync();
        }

        await using SearchApp again = await SearchApp.StartAsync(settings with { Commits = new CommitLog() });
        (await again.FinishAsync(RemovalOrchestrator.InstanceId(SearchApp.RunId))).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        (await again.Store.GetRunAsync(SearchApp.RunId, Cancellation)).ShouldBeNull();
        (await again.Client.GetInstanceAsync(SearchApp.RunId, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task The_removal_deletes_the_run_when_the_request_did_not_come_to_it()
    {
        GatedChatClient gate = new();
        await using AppHost app = await AppHost.StartAsync(services => services.AddSingleton<IChatClient>(gate));
        string id = await app.StartSearchAsync();
        await gate.ReachedAsync();
        IRunStore away = FaultyStore.Around(app.Store, nameof(IRunStore.DeleteRunAsync), id);
        await Should.ThrowAsync<StoreException>(() => new DeleteSearch(away, new SearchRemover(away, TimeProvider.System))
            .RunAsync(new DefaultHttpContext().Request, id, app.Durable, Cancellation));
        await IsRemovedAsync(app, id);
        await NothingIsLeftAsync(app, id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Steps_of_a_deleted_search_that_go_on_bring_nothing_back(bool inTables)
    {
        GatedChatClient gate = new();
        RecordedActivities activities = new();
        using AzuriteStores stores = new(await azurite.Server);
        await using AppHost app = await AppHost.StartAsync(services =>
        {
            services.AddSingleton<IChatClient>(gate);
            activities.AddTo(services);
            if (inTables)
            {
                services.AddSingleton<IRunStore>(stores.Open());
            }
        });
        string id = await app.StartSearchAsync();
        await gate.ReachedAsync();
        (await app.DeleteAsync($"searches/{id}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await IsRemovedAsync(app, id);

        // The proposer answers only now, and what waited for it goes on.
        gate.Open();
        (string Name, Task<string?> Run)[] runs = [.. activities.Runs];
        await Awaiting.For(Task.WhenAny(Task.WhenAll(runs.Select(run => run.Run))), "the end of all steps");
        Task<string?>[] late = [.. runs.Select(run => run.Run).Where(run => run.IsFaulted)];
        late.ShouldNotBeEmpty();
        late.ShouldAllBe(run => IsGone(run.Exception!.InnerException));
        await NothingIsLeftAsync(app, id);
    }

    [Fact]
    public async Task A_suspended_search_can_be_deleted()
    {
        GatedChatClient gate = new();
        await using AppHost app = await AppHost.StartAsync(services => services.AddSingleton<IChatClient>(gate));
        string id = await app.StartSearchAsync();
        await gate.ReachedAsync();
        await app.PostAsync($"searches/{id}/suspend");
        await app.UntilAsync(async () => (await app.SearchAsync(id)).Status == SearchStatus.Suspended, "the search is suspended");
        (await app.DeleteAsync($"searches/{id}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await IsRemovedAsync(app, id);
        await NothingIsLeftAsync(app, id);
    }

    [Fact]
    public async Task What_ends_just_before_it_is_terminated_is_deleted_all_the_same()
    {
        GatedChatClient gate = new();
        await using AppHost app = await AppHost.StartAsync(services => services.AddSingleton<IChatClient>(gate));
        string id = await app.StartSearchAsync();
        await gate.ReachedAsync();
        OvertakenClient client = app.Overtaken();

        (await app.Services.GetRequiredService<SearchRemover>().RemoveAsync(id, Partitions, client, Cancellation)).ShouldBeTrue();

        await NothingIsLeftAsync(app, id);
    }

    [Theory]
    [InlineData(nameof(DurableTaskClient.GetInstancesAsync))]
    [InlineData(nameof(DurableTaskClient.TerminateInstanceAsync))]
    [InlineData(nameof(DurableTaskClient.WaitForInstanceCompletionAsync))]
    public async Task A_removal_whose_patience_ends_in_any_call_is_to_be_tried_again(string call)
    {
        GatedChatClient gate = new();
        await using AppHost app = await AppHost.StartAsync(services => services.AddSingleton<IChatClient>(gate));
        string id = await app.StartSearchAsync();
        await gate.ReachedAsync();
        FakeTimeProvider time = new();
        StuckClient stuck = new(app.Durable, call);

        Task<bool> removal = new SearchRemover(app.Store, time).RemoveAsync(id, Partitions, stuck, Cancellation);
        await Awaiting.For(stuck.IsStuck, "the call that does not return");
        time.Advance(TimeSpan.FromSeconds(20));

        (await removal).ShouldBeFalse();
        (await app.Services.GetRequiredService<SearchRemover>().RemoveAsync(id, Partitions, app.Durable, Cancellation)).ShouldBeTrue();
        await NothingIsLeftAsync(app, id);
    }

    [Fact]
    public async Task After_the_deletion_its_key_starts_it_anew_under_the_same_id()
    {
        string first = await StartAsync(shared.App, "deleted in between");
        await shared.App.EndOfAsync(first);
        (await shared.App.DeleteAsync($"searches/{first}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await StartAsync(shared.App, "deleted in between")).ShouldBe(first);
        (await shared.App.EndOfAsync(first)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        (await shared.App.SearchAsync(first)).Status.ShouldBe(SearchStatus.Completed);
    }

    [Fact]
    public async Task What_a_deletion_that_was_cut_short_left_can_be_deleted()
    {
        const string Id = "20260102-030405-cut";
        await shared.App.Durable.ScheduleNewOrchestrationInstanceAsync(
            nameof(SearchOrchestrator), SmallSearches.Request, new StartOrchestrationOptions(InstanceId: Id), Cancellation);
        await shared.App.EndOfAsync(Id);
        await shared.App.Store.DeleteRunAsync(Id, Cancellation);
        await shared.App.Durable.PurgeInstanceAsync(PartitionOrchestrator.InstanceId(Id, 0), Cancellation);
        (await shared.App.DeleteAsync($"searches/{Id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await NothingIsLeftAsync(shared.App, Id);
    }

    private static async Task<HttpResponseMessage> PostAsync(AppHost app, string key)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "searches") { Content = SmallSearches.Body() };
        request.Headers.Add(IdempotencyKeys.Header, key);
        return await app.Client.SendAsync(request, Cancellation);
    }

    private static async Task<string> StartAsync(AppHost app, string key)
        => (await (await PostAsync(app, key)).ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetString()!;

    private static async Task IsRemovedAsync(AppHost app, string id)
        => (await app.EndOfAsync(RemovalOrchestrator.InstanceId(id))).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);

    private static async Task NothingIsLeftAsync(AppHost app, string id)
    {
        (await app.Store.GetRunAsync(id, Cancellation)).ShouldBeNull();
        (await app.Durable.GetInstanceAsync(id, Cancellation)).ShouldBeNull();
        for (int partition = 0; partition < Partitions; partition++)
        {
            (await app.Durable.GetInstanceAsync(PartitionOrchestrator.InstanceId(id, partition), Cancellation)).ShouldBeNull();
            (await app.Store.GetCandidatesAsync(id, partition, Cancellation)).ShouldBeEmpty();
            (await app.Store.GetHeuristicsAsync(id, partition, Cancellation)).ShouldBeEmpty();
        }

        (await app.Store.GetRoundsAsync(id, Cancellation)).ShouldBeEmpty();
        (await app.Store.GetFrontVersionsAsync(id, Cancellation)).ShouldBeEmpty();

        await (await app.DeleteAsync($"searches/{id}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        await (await app.GetAsync($"searches/{id}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    /// <summary>A step that had read its run finds it deleted when it writes; one that had not does not find it.</summary>
    private static bool IsGone(Exception? fault) => fault is RunDeletedException or RunNotFoundException;
}
