namespace PelNas.Functions.Tests.Http.Searches;

public sealed class GetReportTests(SharedApp shared)
{
    private SearchApp App => shared.App;

    private string Address => $"searches/{shared.Ended}/report";

    [Fact]
    public async Task It_has_the_result_and_how_each_generation_came_to_it()
    {
        RunReport report = await App.GetAsync<RunReport>(Address);
        SearchFront front = await App.GetAsync<SearchFront>($"searches/{shared.Ended}/front");
        report.Result.Front.ShouldBe(front.Front);
        report.Request.ShouldBe(SmallSearches.Request);
        report.StopSentence.ShouldNotBeNull().ShouldStartWith(report.Result.StopReason!);
        report.ExactFront.ShouldNotBeEmpty();

        CandidateList candidates = await App.GetAsync<CandidateList>($"searches/{shared.Ended}/candidates?top=1000");
        report.Candidates.ShouldBe(candidates.Candidates);
        report.Rounds.Sum(round => round.Labels).ShouldBe(report.Result.Counts.Labels);
        PartitionHeuristics first =
            await App.GetAsync<PartitionHeuristics>($"searches/{shared.Ended}/partitions/1/heuristics?generation=1");
        report.Heuristics.Single(row => row is { Partition: 1, Generation: 1 }).Rules.ShouldBe(first.Heuristics);
    }

    [Fact]
    public async Task Who_has_it_already_gets_304()
    {
        HttpResponseMessage first = await App.GetAsync(Address);
        (await App.GetAsync(Address, first.Headers.ETag!.ToString())).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task A_search_that_has_found_nothing_yet_has_a_report()
    {
        RunRow planned = (await App.Runs.GetAsync(shared.Ended, Cancellation))! with
        {
            RunId = "20260102-000000-planned1",
            FinishedAt = null,
            StopReason = null,
        };
        await App.Runs.AddAsync(planned, Cancellation);
        RunReport report = await App.GetAsync<RunReport>($"searches/{planned.RunId}/report");
        report.Result.Front.ShouldBeEmpty();
        report.Candidates.ShouldBeEmpty();
        report.StopSentence.ShouldBeNull();
    }

    [Fact]
    public async Task There_is_none_of_a_search_that_is_not_there()
        => await App.ShouldNotFindAsync("searches/20260101-000000-00000000/report");
}
