using System.Net;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PelNas.Functions.Http;
using PelNas.Functions.Http.Searches;
using PelNas.Functions.Orchestrations;
using PelNas.Functions.Tests.Support;
using PelNas.Shared.Storage;
using PelNas.Tests.Azurite;

namespace PelNas.Functions.Tests.Http.Searches;

public sealed class DeleteSearchTests(SharedApp shared, AzuriteFixture azurite)
{
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
    public async Task A_search_that_runs_is_ended_first()
    {
        GatedChatClient gate = new();
        await using AppHost app = await AppHost.StartAsync(services => services.AddSingleton<IChatClient>(gate));
        string id = await app.StartSearchAsync();
        await gate.ReachedAsync();
        (await app.DeleteAsync($"searches/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
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
        (await app.DeleteAsync($"searches/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        // The proposer answers only now, and what waited for it goes on.
        gate.Open();
        (string Name, Task<string?> Run)[] runs = [.. activities.Runs];
        await Awaiting.For(Task.WhenAny(Task.WhenAll(runs.Select(run => run.Run))), "the end of all steps");
        Task<string?>[] late = [.. runs.Select(run => run.Run).Where(run => run.IsFaulted)];
        late.ShouldNotBeEmpty();
        late.ShouldAllBe(run => run.Exception!.InnerException is RunDeletedException);
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
        (await app.DeleteAsync($"searches/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
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
        SearchState state = (await SearchState.FindAsync(app.Store, client, id, Cancellation)).ShouldNotBeNull();

        (await app.Services.GetRequiredService<SearchRemover>().RemoveAsync(state, client, Cancellation)).ShouldBeTrue();

        await NothingIsLeftAsync(app, id);
    }

    [Theory]
    [InlineData(nameof(DurableTaskClient.GetInstancesAsync))]
    [InlineData(nameof(DurableTaskClient.TerminateInstanceAsync))]
    [InlineData(nameof(DurableTaskClient.WaitForInstanceCompletionAsync))]
    public async Task A_removal_whose_patience_ends_in_any_call_is_to_be_asked_for_again(string call)
    {
        GatedChatClient gate = new();
        await using AppHost app = await AppHost.StartAsync(services => services.AddSingleton<IChatClient>(gate));
        string id = await app.StartSearchAsync();
        await gate.ReachedAsync();
        SearchState state = (await SearchState.FindAsync(app.Store, app.Durable, id, Cancellation)).ShouldNotBeNull();
        FakeTimeProvider time = new();
        StuckClient stuck = new(app.Durable, call);

        Task<bool> removal = new SearchRemover(app.Store, time).RemoveAsync(state, stuck, Cancellation);
        await Awaiting.For(stuck.IsStuck, "the call that does not return");
        time.Advance(TimeSpan.FromSeconds(20));

        (await removal).ShouldBeFalse();
        (await app.DeleteAsync($"searches/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await NothingIsLeftAsync(app, id);
    }

    [Fact]
    public async Task After_the_deletion_its_key_starts_it_anew_under_the_same_id()
    {
        string first = await StartAsync();
        await shared.App.EndOfAsync(first);
        (await shared.App.DeleteAsync($"searches/{first}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await StartAsync()).ShouldBe(first);
        (await shared.App.EndOfAsync(first)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        (await shared.App.SearchAsync(first)).Status.ShouldBe(SearchStatus.Completed);

        async Task<string> StartAsync()
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "searches") { Content = SmallSearches.Body() };
            request.Headers.Add(IdempotencyKeys.Header, "deleted in between");
            HttpResponseMessage answer = await shared.App.Client.SendAsync(request, Cancellation);
            return (await answer.ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetString()!;
        }
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

    private static async Task NothingIsLeftAsync(AppHost app, string id)
    {
        (await app.Store.GetRunAsync(id, Cancellation)).ShouldBeNull();
        (await app.Durable.GetInstanceAsync(id, Cancellation)).ShouldBeNull();
        for (int partition = 0; partition < 6; partition++)
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
}
