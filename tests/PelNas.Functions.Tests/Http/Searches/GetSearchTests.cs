namespace PelNas.Functions.Tests.Http.Searches;

public sealed class GetSearchTests(SharedApp shared)
{
    private SearchApp App => shared.App;

    [Fact]
    public async Task A_search_that_has_ended_is_shown_whole()
    {
        SearchDetails search = await App.SearchAsync(shared.Ended);
        search.Id.ShouldBe(shared.Ended);
        search.Status.ShouldBe(SearchStatus.Completed);
        search.StopReason.ShouldBe(StopReasons.Generations);
        search.Request.ShouldBe(SmallSearches.Request);
        search.Partitions.Count.ShouldBe(6);
        search.Proposer.ShouldBe("offline");
        search.Predictor.ShouldStartWith("gaussian-process on paths and zero-cost proxies");
        search.Failure.ShouldBeNull();
        search.Spent.ShouldBeNull("nobody is paid");
        search.DeviceTable.ShouldBeNull();
        search.FinishedAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(search.StartedAt.ShouldNotBeNull());
        search.Progress.ShouldNotBeNull().Labels.ShouldBe(12);
        search.Progress.Front.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_search_that_is_not_planned_yet_is_pending_and_has_no_front()
    {
        const string Id = "20260102-030405-later";
        StartOrchestrationOptions later = new(InstanceId: Id, StartAt: DateTimeOffset.UtcNow.AddDays(1));
        await App.Durable.ScheduleAsync(nameof(SearchOrchestrator), new SearchInput(SmallSearches.Request), later);
        SearchDetails search = await App.SearchAsync(Id);
        search.Status.ShouldBe(SearchStatus.Pending);
        search.Request.ShouldBe(SmallSearches.Request);
        search.Partitions.ShouldBeEmpty();
        search.StartedAt.ShouldBeNull();
        await (await App.GetAsync($"searches/{Id}/front")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotYet);
        await (await App.GetAsync($"searches/{Id}/partitions/0/heuristics"))
            .ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotYet);
    }

    [Fact]
    public async Task A_search_that_failed_says_why()
    {
        const string Id = "20260102-030405-bad";
        await App.Durable.ScheduleAsync(nameof(SearchOrchestrator), new SearchInput(SmallSearches.Request with { Generations = -1 }), Id);
        (await App.FinishAsync(Id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        SearchDetails search = await App.SearchAsync(Id);
        search.Status.ShouldBe(SearchStatus.Failed);
        search.Failure.ShouldNotBeNull().Message.ShouldContain("generations: -1 is not allowed");
        await (await App.PostAsync($"searches/{Id}/suspend")).ShouldBeProblemAsync(HttpStatusCode.Conflict, ProblemCodes.Conflict);
    }

    [Fact]
    public async Task A_run_that_no_orchestration_here_works_on_is_detached()
    {
        const string Id = "20260102-030405-elsewhere";
        await App.Runs.AddAsync(
            (await App.Runs.GetAsync(shared.Ended, Cancellation))! with { RunId = Id, FinishedAt = null, StopReason = null }, Cancellation);
        (await App.SearchAsync(Id)).Status.ShouldBe(SearchStatus.Detached);
        (await (await App.PostAsync($"searches/{Id}/suspend")).ShouldBeProblemAsync(HttpStatusCode.Conflict, ProblemCodes.Conflict))
            .Detail.ShouldContain("another process");

        // The other process may be at a step of it, so that its rows stay for a day.
        (await App.DeleteAsync($"searches/{Id}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await App.ShouldNotFindAsync($"searches/{Id}");
    }

    [Theory]
    [InlineData("20260102-030405-nobody")]
    [InlineData("nonsense")]
    [InlineData("..%2Fkeys.json")]
    public async Task An_unknown_id_is_not_found_by_any_route(string id)
    {
        foreach (string address in new[] { $"searches/{id}", $"searches/{id}/front", $"searches/{id}/partitions/0/heuristics" })
        {
            await App.ShouldNotFindAsync(address);
        }

        await (await App.PostAsync($"searches/{id}/suspend")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        await (await App.PostAsync($"searches/{id}/resume")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        await (await App.DeleteAsync($"searches/{id}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    [Fact]
    public async Task The_orchestration_of_a_partition_is_not_a_search()
    {
        string child = PartitionOrchestrator.InstanceId(new(shared.Ended, 0, 0, UseHeuristics: true, Allowance.Unlimited));
        (await App.Durable.GetInstanceAsync(child, Cancellation)).ShouldNotBeNull();
        await App.ShouldNotFindAsync($"searches/{child}");
        await (await App.DeleteAsync($"searches/{child}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    [Fact]
    public async Task Status_and_enums_are_camel_case_texts()
        => (await (await App.GetAsync($"searches/{shared.Ended}")).TextAsync()).ShouldContain("\"status\":\"completed\"");

    [Fact]
    public async Task No_route_answers_without_a_key()
    {
        foreach (string address in new[] { "searches", $"searches/{shared.Ended}", $"searches/{shared.Ended}/front", "devices" })
        {
            (await App.Anonymous.GetAsync(address, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, address);
        }

        (await App.Anonymous.DeleteAsync($"searches/{shared.Ended}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await App.Anonymous.PutAsync("devices/board", HttpAnswers.Json("{}"), Cancellation))
            .StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await App.SearchAsync(shared.Ended)).Status.ShouldBe(SearchStatus.Completed);
    }
}
