namespace PelNas.Shared.Tests.Storage;

public sealed class SweepRepositoryTests : RepositoryTest
{
    private readonly SweepRepository _sweeps;

    public SweepRepositoryTests() => _sweeps = new SweepRepository(Rows);

    [Fact]
    public async Task A_sweep_is_changed_by_what_stands_there_and_read_as_it_was_written()
    {
        SweepRow ended = StoreSamples.Sweep();
        (await _sweeps.GetAsync(ended.SweepId, Cancellation)).ShouldBeNull();
        (await _sweeps.ChangeAsync(ended.SweepId, stored => stored, Cancellation)).ShouldBeNull();
        await _sweeps.ChangeAsync(ended.SweepId, _ => ended with { FinishedAt = null, Searches = [], Contexts = [] }, Cancellation);
        ShouldBeSame(
            await _sweeps.ChangeAsync(
                ended.SweepId,
                stored => stored! with { FinishedAt = ended.FinishedAt, Searches = ended.Searches, Contexts = ended.Contexts },
                Cancellation),
            ended);
        ShouldBeSame(await _sweeps.GetAsync(ended.SweepId, Cancellation), ended);
        ShouldBeSame((await _sweeps.ListAsync(10, null, Cancellation)).Sweeps.ShouldHaveSingleItem(), ended);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task Of_changes_at_once_each_sees_what_the_last_one_wrote(string adapter)
    {
        using TestRows rows = new(adapter);
        await Threads.AtOnceAsync(8, number => new SweepRepository(rows.Processes[number % 2]).ChangeAsync(
            "sweep-20260301", stored => StoreSamples.Sweep() with { SkippedBecause = stored?.SkippedBecause + number }, Cancellation));
        SweepRow? row = await new SweepRepository(rows.Processes[0]).GetAsync("sweep-20260301", Cancellation);
        row!.SkippedBecause!.Order().ShouldBe("01234567");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(14)]
    [InlineData(1000)]
    public async Task Pages_list_every_sweep_once_and_the_latest_date_first(int pageSize)
    {
        // Months differ, and one day has a nightly sweep and two that were started.
        string[] ids =
        [
            .. Enumerable.Range(0, 13).Select(i => SweepIds.Nightly(new DateOnly(2025, 12, 15).AddMonths(i))),
            "sweep-20260115-143000",
            "sweep-20260115-020000",
        ];
        foreach (string id in ids.OrderBy(StoreSamples.Shuffled))
        {
            await _sweeps.ChangeAsync(id, _ => StoreSamples.Sweep(id), Cancellation);
        }

        List<SweepRow> listed = await PagesAsync(pageSize, async continuation =>
        {
            SweepPage page = await _sweeps.ListAsync(pageSize, continuation, Cancellation);
            return (page.Sweeps, page.Continuation);
        });
        listed.Select(sweep => sweep.SweepId).ShouldBe(ids.OrderDescending(StringComparer.Ordinal));
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
        (await Should.ThrowAsync<ArgumentException>(() => _sweeps.GetAsync(sweepId, Cancellation))).Message.ShouldContain(
            "is not a sweep id");
        (await Should.ThrowAsync<ArgumentException>(() => _sweeps.ChangeAsync(sweepId, row => row, Cancellation))).Message
            .ShouldContain("is not a sweep id");
    }

    [Theory]
    [InlineData("c3dlZXA")]
    [InlineData("MjAyNjAzMDEtMTIwMDAwLWE")]
    public async Task A_token_of_another_list_is_refused(string continuation)
        => (await Should.ThrowAsync<ContinuationException>(() => _sweeps.ListAsync(10, continuation, Cancellation))).Message
            .ShouldContain("is not a continuation token");

    [Fact]
    public async Task A_number_that_is_not_finite_is_refused()
    {
        SweepRow sweep = StoreSamples.Sweep();
        sweep = sweep with { Contexts = [sweep.Contexts[0] with { Hypervolume = double.NaN }] };
        await Should.ThrowAsync<ArgumentException>(() => _sweeps.ChangeAsync(sweep.SweepId, _ => sweep, Cancellation));
    }

    [Fact]
    public async Task A_damaged_row_is_named()
    {
        await _sweeps.ChangeAsync("sweep-20260301", _ => StoreSamples.Sweep(), Cancellation);
        await ShouldNameTheDamagedRowAsync(
            "Sweeps", "sweeps", () => _sweeps.GetAsync("sweep-20260301", Cancellation), () => _sweeps.ListAsync(10, null, Cancellation),
            () => _sweeps.ChangeAsync("sweep-20260301", row => row, Cancellation));
    }
}
