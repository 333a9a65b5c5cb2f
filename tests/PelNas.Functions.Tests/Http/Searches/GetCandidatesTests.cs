namespace PelNas.Functions.Tests.Http.Searches;

public sealed class GetCandidatesTests(SharedApp shared)
{
    private SearchApp App => shared.App;

    private string Address => $"searches/{shared.Ended}/candidates";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Pages_list_every_candidate_of_a_search_once(int top)
    {
        List<(int Partition, int Index)> expected = [];
        RunRow run = (await App.Runs.GetAsync(shared.Ended, Cancellation))!;
        RunHistory history = await App.Runs.GetHistoryAsync(shared.Ended, Cancellation);
        foreach (int partition in run.Partitions.Select(plan => plan.Id))
        {
            expected.AddRange(history.Candidates().Where(candidate => candidate.Partition == partition)
                .Select(candidate => (partition, candidate.Row.Index)));
        }

        List<CandidateView> listed = [];
        string? continuation = null;
        do
        {
            CandidateList page = await ReadAsync($"?top={top}" + (continuation is null ? "" : $"&continuation={continuation}"));
            page.Candidates.Count.ShouldBeInRange(1, top);
            listed.AddRange(page.Candidates);
            continuation = page.Continuation;
        }
        while (continuation is not null);

        listed.Select(candidate => (candidate.Partition, candidate.Index)).ShouldBe(expected);
        listed.ShouldAllBe(candidate => candidate.Architecture.StartsWith('|'));
    }

    [Fact]
    public async Task Those_of_a_generation_show_nothing_of_later_ones()
    {
        CandidateList seeds = await ReadAsync("?generation=0");
        seeds.Generation.ShouldBe(0);
        seeds.Candidates.ShouldAllBe(
            candidate => candidate.Generation == 0 && candidate.PredictedAccuracy == null && (candidate.LabelledGeneration ?? 0) == 0);
        seeds.Candidates.ShouldContain(candidate => candidate.Accuracy > 0);
        (await ReadAsync("")).Candidates.Count.ShouldBeGreaterThan(seeds.Candidates.Count);
    }

    [Theory]
    [InlineData("?top=0")]
    [InlineData("?top=1001")]
    [InlineData("?generation=x")]
    [InlineData("?continuation=1")]
    [InlineData("?continuation=1.x")]
    [InlineData("?continuation=-1.2")]
    public async Task A_bad_parameter_is_refused(string query)
        => (await App.GetAsync(Address + query)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task An_unknown_search_is_not_found()
        => (await App.GetAsync("searches/20200101-000000-none/candidates")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    private async Task<CandidateList> ReadAsync(string query) => await App.GetAsync<CandidateList>(Address + query);
}
