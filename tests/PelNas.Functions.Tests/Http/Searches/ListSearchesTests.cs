namespace PelNas.Functions.Tests.Http.Searches;

public sealed class ListSearchesTests(SharedApp shared) : IAsyncLifetime
{
    private SearchApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await SearchApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task An_empty_list_is_a_list()
    {
        SearchList list = await ListAsync("");
        list.Searches.ShouldBeEmpty();
        list.Continuation.ShouldBeNull();
    }

    [Fact]
    public async Task Pages_hold_every_search_once_newest_first()
    {
        await FillAsync(23);
        List<string> seen = [];
        string? continuation = null;
        do
        {
            SearchList page = await ListAsync(
                "?top=5" + (continuation is null ? "" : "&continuation=" + Uri.EscapeDataString(continuation)));
            page.Searches.Count.ShouldBeInRange(1, 5);
            seen.AddRange(page.Searches.Select(search => search.Id));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        seen.ShouldBe(Enumerable.Range(0, 23).Select(Id).Reverse());
        (await ListAsync("")).Searches.Count.ShouldBe(23);
    }

    [Fact]
    public async Task A_status_filter_finds_what_lies_behind_others_and_goes_on_with_its_token()
    {
        // Every tenth has not finished, and no orchestration works on it.
        await FillAsync(60);
        List<string> seen = [];
        string? continuation = null;
        int pages = 0;
        do
        {
            SearchList page = await ListAsync("?status=DETACHED&top=2" + (continuation is null ? "" : "&continuation=" + continuation));
            page.Searches.ShouldAllBe(search => search.Status == SearchStatus.Detached);
            seen.AddRange(page.Searches.Select(search => search.Id));
            continuation = page.Continuation;
            (++pages).ShouldBeLessThan(61, "the list should come to an end");
        }
        while (continuation is not null);

        seen.ShouldBe(Enumerable.Range(0, 60).Where(number => number % 10 == 0).Select(Id).Reverse());
        (await ListAsync("?status=running")).Searches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_search_has_what_is_cheap_to_know()
    {
        SearchSummary search =
            (await shared.App.GetAsync<SearchList>("searches?status=completed&top=200"))
                .Searches.Single(search => search.Id == shared.Ended);
        (search.Dataset, search.Device, search.Seed, search.MaxLabels, search.Proposer).ShouldBe(("cifar10", "fpga", 1, 12, "offline"));
        search.StopReason.ShouldBe("generations");
        search.FinishedAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(search.StartedAt);
    }

    [Theory]
    [InlineData("?top=0", "top")]
    [InlineData("?top=201", "top")]
    [InlineData("?top=many", "top")]
    [InlineData("?top=1&top=2", "top")]
    [InlineData("?continuation=nonsense", "continuation")]
    [InlineData("?continuation=", "continuation")]
    [InlineData("?status=asleep", "status")]
    [InlineData("?status=3", "status")]
    public async Task A_bad_parameter_is_named(string query, string parameter)
        => await (await _app.GetAsync("searches" + query)).ShouldBlameAsync(parameter);

    [Fact]
    public async Task A_bad_status_is_answered_with_those_there_are_as_answers_have_them() =>
        (await (await _app.GetAsync("searches?status=asleep")).ShouldBlameAsync("status"))
            .ShouldContain("give one of pending, running, suspended");

    private static string Id(int number) => $"20260102-0304{number:00}-a";

    private async Task FillAsync(int count)
    {
        for (int number = 0; number < count; number++)
        {
            RunRow run = new()
            {
                RunId = Id(number),
                Request = new SearchRequest { Dataset = "cifar10", Device = "fpga" },
                Partitions = [],
                Proposer = "offline",
                Predictor = "gaussian-process on paths",
                StartedAt = DateTimeOffset.UnixEpoch,
                FinishedAt = number % 10 == 0 ? null : DateTimeOffset.UnixEpoch,
            };
            await _app.Runs.AddAsync(run, Cancellation);
        }
    }

    private async Task<SearchList> ListAsync(string query) => await _app.GetAsync<SearchList>("searches" + query);
}
