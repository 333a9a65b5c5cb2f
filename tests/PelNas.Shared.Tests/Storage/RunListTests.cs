namespace PelNas.Shared.Tests.Storage;

/// <summary>The list of runs, page by page.</summary>
public sealed class RunListTests : RepositoryTest
{
    private readonly RunRepository _runs;

    public RunListTests() => _runs = new RunRepository(Rows);

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(1000)]
    public async Task Pages_list_every_run_once_and_newest_first(int pageSize)
    {
        // Years, months and seconds differ, and two runs share a second.
        IEnumerable<string> months = Enumerable.Range(0, 24).Select(i => $"20{25 + (i / 12)}{1 + (i % 12):00}15-1200{i:00}-run");
        string[] ids = [.. months, "20260115-120012-another"];
        await AddAsync([.. ids.OrderBy(StoreSamples.Shuffled)]);
        (await ListAsync(pageSize))
            .ShouldBe(ids.OrderByDescending(id => id[..15], StringComparer.Ordinal).ThenBy(id => id, StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_empty_store_lists_one_empty_page()
    {
        RunPage page = await _runs.ListAsync(10, null, Cancellation);
        page.Runs.ShouldBeEmpty();
        page.Continuation.ShouldBeNull();
    }

    [Fact]
    public async Task A_page_goes_on_where_the_last_one_ended_though_runs_came_and_went()
    {
        await AddAsync([.. Enumerable.Range(10, 10).Select(second => $"20260301-1200{second}-a")]);
        RunPage first = await _runs.ListAsync(5, null, Cancellation);
        await AddAsync("20260301-120059-new");
        await _runs.DeleteAsync("20260301-120015-a", Noon, Cancellation);
        await _runs.DeleteAsync("20260301-120013-a", Noon, Cancellation);
        RunPage second = await _runs.ListAsync(5, first.Continuation, Cancellation);
        second.Runs.Select(run => run.RunId).ShouldBe(["20260301-120014-a", "20260301-120012-a", "20260301-120011-a", "20260301-120010-a"]);
        second.Continuation.ShouldBeNull();
    }

    [Fact]
    public async Task Deleted_runs_take_no_place_on_a_page()
    {
        string[] ids = [.. Enumerable.Range(10, 10).Select(second => $"20260301-1200{second}-a")];
        await AddAsync(ids);
        foreach (string id in ids[2..8])
        {
            await _runs.DeleteAsync(id, Noon, Cancellation);
        }

        await _runs.DeleteAsync("20260301-120030-unplanned", Noon, Cancellation);
        (await ListAsync(2)).ShouldBe(["20260301-120019-a", "20260301-120018-a", "20260301-120011-a", "20260301-120010-a"]);
    }

    [Theory]
    [InlineData("2026-03-15T12:00:00Z", 6)]
    [InlineData("2026-03-15T12:00:00.5Z", 7)]
    [InlineData("2026-03-15T13:00:01+01:00", 7)]
    [InlineData("2026-02-10T00:00:00Z", 2)]
    [InlineData("2025-01-01T00:00:00Z", 0)]
    [InlineData("2030-01-01T00:00:00Z", 9)]
    public async Task Runs_before_a_time_are_listed_newest_first(string before, int runs)
    {
        string[] days = ["20260110", "20260112", "20260210", "20260228", "20260310", "20260314", "20260315", "20260316", "20260401"];
        string[] ids = [.. days.Select(day => $"{day}-120000-run")];
        await AddAsync(ids);
        (await ListAsync(2, DateTimeOffset.Parse(before, CultureInfo.InvariantCulture))).ShouldBe(ids.Take(runs).Reverse());
    }

    [Fact]
    public async Task A_token_from_before_the_limit_does_not_widen_the_list()
    {
        await AddAsync([.. Enumerable.Range(10, 9).Select(day => $"202603{day}-120000-run")]);
        RunPage first = await _runs.ListAsync(2, null, Cancellation);
        RunPage page = await _runs.ListAsync(10, first.Continuation, Cancellation, new DateTimeOffset(2026, 3, 12, 0, 0, 0, TimeSpan.Zero));
        page.Runs.Select(run => run.RunId).ShouldBe(["20260311-120000-run", "20260310-120000-run"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no token")]
    [InlineData("bm9ydW4")]
    [InlineData("c3dlZXAtMjAyNjAzMDE")]
    [InlineData("8J-noA")]
    [InlineData("_____w")]
    [InlineData("../../etc")]
    [InlineData("\u202Eabc")]
    public async Task A_token_that_is_damaged_or_of_another_list_is_refused_by_name(string continuation)
    {
        (await Should.ThrowAsync<ContinuationException>(() => _runs.ListAsync(10, continuation, Cancellation)))
            .Message.ShouldContain("is not a continuation token");
    }

    [Fact]
    public async Task A_token_that_is_cut_is_refused()
    {
        await AddAsync("20260301-120000-a", "20260301-120001-a");
        string token = (await _runs.ListAsync(1, null, Cancellation)).Continuation.ShouldNotBeNull();
        foreach (int length in Enumerable.Range(1, 20))
        {
            await Should.ThrowAsync<ContinuationException>(() => _runs.ListAsync(1, token[..length], Cancellation));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public Task A_page_size_outside_1_to_1000_is_refused(int pageSize) =>
        Should.ThrowAsync<ArgumentOutOfRangeException>(() => _runs.ListAsync(pageSize, null, Cancellation));

    private async Task AddAsync(params string[] ids)
    {
        foreach (string id in ids)
        {
            await _runs.AddAsync(StoreSamples.Run(id), Cancellation);
        }
    }

    private async Task<IEnumerable<string>> ListAsync(int pageSize, DateTimeOffset? before = null)
    {
        List<RunRow> listed = await PagesAsync(pageSize, async continuation =>
        {
            RunPage page = await _runs.ListAsync(pageSize, continuation, Cancellation, before);
            return (page.Runs, page.Continuation);
        });
        return listed.Select(run => run.RunId);
    }
}
