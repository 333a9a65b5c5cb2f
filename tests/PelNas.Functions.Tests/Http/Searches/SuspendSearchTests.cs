using Microsoft.AspNetCore.Http;

namespace PelNas.Functions.Tests.Http.Searches;

public sealed class SuspendSearchTests(SharedApp shared)
{
    [Fact]
    public async Task A_suspended_search_waits_until_it_is_resumed()
    {
        GatedChatClient gate = new();
        await using SearchApp app = await SearchApp.StartAsync(services => services.AddSingleton<IChatClient>(gate));
        string id = await app.StartSearchAsync();
        await gate.ReachedAsync();
        (await app.SearchAsync(id)).Status.ShouldBe(SearchStatus.Running);
        (await app.PostAsync($"searches/{id}/resume")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        HttpResponseMessage suspended = await app.PostAsync($"searches/{id}/suspend");
        suspended.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        suspended.Headers.Location!.OriginalString.ShouldBe($"/api/searches/{id}");
        (await app.SearchAsync(id)).Status.ShouldBe(SearchStatus.Suspended, "it is in force when the answer comes");
        (await app.PostAsync($"searches/{id}/suspend")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await app.GetAsync<SearchList>("searches?status=suspended")).Searches.Select(search => search.Id).ShouldBe([id]);

        // The partitions score the generation in hand, and then nothing more happens: its labels are the search's to choose.
        gate.Open();
        await app.UntilAsync(async () => await ScoredPartitionsAsync(app, id) == 6, "all partitions have scored generation 1");
        (await LastFrontAsync(app, id)).ShouldBe(0);
        (await app.SearchAsync(id)).Status.ShouldBe(SearchStatus.Suspended);

        (await app.PostAsync($"searches/{id}/resume")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await app.FinishAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        (await LastFrontAsync(app, id)).ShouldBe(2);
        (await app.SearchAsync(id)).Status.ShouldBe(SearchStatus.Completed);
    }

    [Theory]
    [InlineData("suspend")]
    [InlineData("resume")]
    public async Task A_search_that_has_ended_is_a_conflict(string verb)
    {
        HttpResponseMessage answer = await shared.App.PostAsync($"searches/{shared.Ended}/{verb}");
        (await answer.ShouldBeProblemAsync(HttpStatusCode.Conflict, ProblemCodes.Conflict)).Detail.ShouldContain("it is completed");
    }

    [Fact]
    public async Task A_request_that_another_one_overtook_is_answered_by_how_the_search_stands_then()
    {
        GatedChatClient gate = new();
        await using SearchApp app = await SearchApp.StartAsync(services => services.AddSingleton<IChatClient>(gate));
        string id = await app.StartSearchAsync();
        await gate.ReachedAsync();

        StatusOf(await BringAsync(isSuspended: true)).ShouldBe(StatusCodes.Status202Accepted);
        (await app.SearchAsync(id)).Status.ShouldBe(SearchStatus.Suspended);
        StatusOf((await Should.ThrowAsync<RefusedException>(() => BringAsync(isSuspended: false))).Answer)
            .ShouldBe(StatusCodes.Status409Conflict);

        Task<IResult> BringAsync(bool isSuspended)
        {
            HttpRequest request = new DefaultHttpContext { Request = { Path = $"/api/searches/{id}/suspend" } }.Request;
            return SearchControl.BringAsync(request, id, isSuspended, app.Runs, app.Overtaken(), TimeProvider.System, Cancellation);
        }
    }

    [Fact]
    public async Task Requests_one_right_after_the_other_all_take_effect()
    {
        GatedChatClient gate = new();
        await using SearchApp app = await SearchApp.StartAsync(services => services.AddSingleton<IChatClient>(gate));
        string id = await app.StartSearchAsync();
        await gate.ReachedAsync();
        for (int i = 0; i < 5; i++)
        {
            (await app.PostAsync($"searches/{id}/suspend")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            (await app.SearchAsync(id)).Status.ShouldBe(SearchStatus.Suspended);
            (await app.PostAsync($"searches/{id}/resume")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            (await app.SearchAsync(id)).Status.ShouldBe(SearchStatus.Running);
        }

        gate.Open();
        (await app.FinishAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task What_is_not_in_force_after_five_seconds_is_accepted_all_the_same()
    {
        GatedChatClient gate = new();
        await using SearchApp app = await SearchApp.StartAsync(services => services.AddSingleton<IChatClient>(gate));
        string id = await app.StartSearchAsync();
        await gate.ReachedAsync();
        FakeTimeProvider time = new();
        HttpRequest request = new DefaultHttpContext { Request = { Path = $"/api/searches/{id}/suspend" } }.Request;

        Task<IResult> answer = SearchControl.BringAsync(
            request, id, isSuspended: true, app.Runs, new DeafClient(app.Durable), time, Cancellation);
        while (!answer.IsCompleted)
        {
            Cancellation.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }

        StatusOf(await answer).ShouldBe(StatusCodes.Status202Accepted);
        (time.GetUtcNow() - time.Start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(5));
        gate.Open();
        await app.FinishAsync(id);
    }

    private static int? StatusOf(IResult answer) => ((IStatusCodeHttpResult)answer).StatusCode;

    private static async Task<int> ScoredPartitionsAsync(SearchApp app, string id)
        => (await app.Runs.ReadAsync(id, 1, 1, Cancellation)).OfType<ScoresRow>().Count();

    private static async Task<int?> LastFrontAsync(SearchApp app, string id)
        => (await app.Runs.GetHistoryAsync(id, Cancellation)).Front?.Round.Generation;

    /// <summary>A client whose requests to suspend reach nobody.</summary>
    private sealed class DeafClient(DurableTaskClient inner) : PassingClient(inner)
    {
        public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
            => Task.CompletedTask;
    }
}
