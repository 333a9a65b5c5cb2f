using PelNas.Shared.Records;


namespace PelNas.Shared.Tests.Storage;

public abstract partial class RunStoreConformance
{
    [Fact]
    public async Task A_sweep_is_read_as_it_was_written()
    {
        await Store.PutSweepAsync(StoreSamples.Sweep(), Token);
        ShouldBeSame(await Store.GetSweepAsync("sweep-20260301", Token), StoreSamples.Sweep());
        (await Store.GetSweepAsync("sweep-20260302", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Writing_a_sweep_again_replaces_it_and_does_not_list_it_twice()
    {
        await Store.PutSweepAsync(StoreSamples.Sweep() with { FinishedAt = null, Searches = [], Contexts = [] }, Token);
        await Store.PutSweepAsync(StoreSamples.Sweep(), Token);
        ShouldBeSame((await Store.ListSweepsAsync(10, null, Token)).Sweeps.ShouldHaveSingleItem(), StoreSamples.Sweep());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(1000)]
    public async Task Pages_list_every_sweep_once_and_the_latest_date_first(int pageSize)
    {
        // Months differ, and one day has a nightly sweep and one that was started.
        string[] ids = [.. Enumerable.Range(0, 13).Select(i => SweepIds.Nightly(new DateOnly(2025, 12, 15).AddMonths(i))), "sweep-20260115-143000"];
        foreach (string id in ids.OrderBy(StoreSamples.Shuffled))
        {
            await Store.PutSweepAsync(StoreSamples.Sweep(id), Token);
        }

        List<string> listed = [];
        string? continuation = null;
        do
        {
            SweepPage page = await Store.ListSweepsAsync(pageSize, continuation, Token);
            page.Sweeps.Count.ShouldBeInRange(1, pageSize);
            listed.AddRange(page.Sweeps.Select(sweep => sweep.SweepId));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        listed.ShouldBe(ids.OrderDescending(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("20260301")]
    [InlineData("sweep-2026031")]
    [InlineData("sweep-20260301-")]
    [InlineData("sweep-20260301\n")]
    [InlineData("sweep-20260301/a")]
    public async Task What_is_not_a_sweep_id_is_refused(string sweepId)
    {
        (await Should.ThrowAsync<ArgumentException>(() => Store.GetSweepAsync(sweepId, Token))).Message.ShouldContain("is not a sweep id");
        (await Should.ThrowAsync<ArgumentException>(() => Store.PutSweepAsync(StoreSamples.Sweep(sweepId), Token))).Message.ShouldContain("is not a sweep id");
    }

    [Fact]
    public async Task A_sweep_with_a_number_that_is_not_finite_is_refused()
    {
        SweepRow sweep = StoreSamples.Sweep();
        sweep = sweep with { Contexts = [sweep.Contexts[0] with { Hypervolume = double.NaN }] };
        (await Should.ThrowAsync<ArgumentException>(() => Store.PutSweepAsync(sweep, Token))).Message.ShouldContain("hypervolume is NaN");
    }

    [Fact]
    public async Task A_token_of_another_list_is_refused() =>
        (await Should.ThrowAsync<ArgumentException>(() => Store.ListSweepsAsync(10, "c3dlZXA", Token))).Message.ShouldContain("is not a continuation token");

    [Fact]
    public async Task The_store_keeps_the_latest_report_of_the_watchdog()
    {
        (await Store.GetWatchdogReportAsync(Token)).ShouldBeNull();
        WatchdogReport report = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), [new StuckSearch(RunId, new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero))]);
        await Store.PutWatchdogReportAsync(report with { Stuck = [] }, Token);
        await Store.PutWatchdogReportAsync(report, Token);
        ShouldBeSame(await Store.GetWatchdogReportAsync(Token), report);
    }
}
