using PelNas.Shared.Records;
using PelNas.Shared.Storage;


namespace PelNas.Shared.Tests.Storage;

public abstract partial class RunStoreConformance
{
    [Fact]
    public async Task A_run_is_read_as_it_was_written()
    {
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        RunRow? read = await Store.GetRunAsync(RunId, Token);
        ShouldBeSame(read, StoreSamples.Run());
        read!.StartedAt.ShouldBe(StoreSamples.Run().StartedAt);
        read.StartedAt.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_run_that_nobody_wrote_is_null() => (await Store.GetRunAsync(RunId, Token)).ShouldBeNull();

    [Fact]
    public async Task Writing_a_run_again_replaces_it_and_does_not_list_it_twice()
    {
        await Store.PutRunAsync(StoreSamples.Run() with { FinishedAt = null, StopReason = null }, Token);
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        ShouldBeSame(await Store.GetRunAsync(RunId, Token), StoreSamples.Run());
        (await Store.ListRunsAsync(10, null, Token)).Runs.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_with_a_number_that_is_not_finite_is_refused()
    {
        RunRow run = StoreSamples.Run();
        run = run with { Request = run.Request with { MaxUsd = double.NaN } };
        (await Should.ThrowAsync<ArgumentException>(() => Store.PutRunAsync(run, Token))).Message.ShouldContain("maxUsd is NaN");
    }

    [Fact]
    public async Task An_empty_store_lists_one_empty_page()
    {
        RunPage page = await Store.ListRunsAsync(10, null, Token);
        page.Runs.ShouldBeEmpty();
        page.Continuation.ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(1000)]
    public async Task Pages_list_every_run_once_and_newest_first(int pageSize)
    {
        // Months, days and seconds differ, and two runs share a second.
        string[] ids = [.. Enumerable.Range(0, 24).Select(i => $"20{25 + (i / 12)}{1 + (i % 12):00}15-1200{i:00}-run"), "20260115-120012-another"];
        foreach (string id in ids.OrderBy(StoreSamples.Shuffled))
        {
            await Store.PutRunAsync(StoreSamples.Run(id), Token);
        }

        List<string> listed = [];
        string? continuation = null;
        do
        {
            RunPage page = await Store.ListRunsAsync(pageSize, continuation, Token);
            page.Runs.Count.ShouldBeInRange(1, pageSize);
            listed.AddRange(page.Runs.Select(run => run.RunId));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        listed.ShouldBe(ids.OrderByDescending(id => id[..15], StringComparer.Ordinal).ThenBy(id => id, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_page_goes_on_where_the_last_one_ended_though_runs_came_and_went()
    {
        for (int second = 10; second < 20; second++)
        {
            await Store.PutRunAsync(StoreSamples.Run($"20260301-1200{second}-a"), Token);
        }

        RunPage first = await Store.ListRunsAsync(5, null, Token);
        await Store.PutRunAsync(StoreSamples.Run("20260301-120059-new"), Token);
        await Store.DeleteRunAsync("20260301-120015-a", Token);
        RunPage second2 = await Store.ListRunsAsync(5, first.Continuation, Token);
        second2.Runs.Select(run => run.RunId).ShouldBe(["20260301-120014-a", "20260301-120013-a", "20260301-120012-a", "20260301-120011-a", "20260301-120010-a"]);
        second2.Continuation.ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-03-15T12:00:00Z", 6)]
    [InlineData("2026-03-15T12:00:00.5Z", 7)]
    [InlineData("2026-03-15T12:00:01Z", 7)]
    [InlineData("2026-03-15T13:00:01+01:00", 7)]
    [InlineData("2026-03-01T00:00:00Z", 4)]
    [InlineData("2026-02-10T00:00:00Z", 2)]
    [InlineData("2025-01-01T00:00:00Z", 0)]
    [InlineData("2030-01-01T00:00:00Z", 9)]
    public async Task Runs_before_a_time_are_listed_page_by_page_and_newest_first(string before, int runs)
    {
        string[] ids = [.. new[] { "20260110", "20260112", "20260210", "20260228", "20260310", "20260314", "20260315", "20260316", "20260401" }.Select(day => $"{day}-120000-run")];
        foreach (string id in ids)
        {
            await Store.PutRunAsync(StoreSamples.Run(id), Token);
        }

        DateTimeOffset limit = DateTimeOffset.Parse(before, System.Globalization.CultureInfo.InvariantCulture);
        List<string> listed = [];
        string? continuation = null;
        do
        {
            RunPage page = await Store.ListRunsBeforeAsync(limit, 2, continuation, Token);
            listed.AddRange(page.Runs.Select(run => run.RunId));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        listed.ShouldBe(ids.Take(runs).Reverse());
    }

    [Fact]
    public async Task A_token_from_before_the_limit_does_not_widen_the_list()
    {
        foreach (int day in Enumerable.Range(10, 9))
        {
            await Store.PutRunAsync(StoreSamples.Run($"202603{day}-120000-run"), Token);
        }

        RunPage first = await Store.ListRunsAsync(2, null, Token);
        RunPage page = await Store.ListRunsBeforeAsync(new DateTimeOffset(2026, 3, 12, 0, 0, 0, TimeSpan.Zero), 10, first.Continuation, Token);
        page.Runs.Select(run => run.RunId).ShouldBe(["20260311-120000-run", "20260310-120000-run"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no token")]
    [InlineData("bm9ydW4")]
    [InlineData("../../etc")]
    [InlineData("\u202Eabc")]
    public async Task A_continuation_that_was_tampered_with_is_refused_by_name(string continuation)
    {
        ArgumentException refused = await Should.ThrowAsync<ArgumentException>(() => Store.ListRunsAsync(10, continuation, Token));
        refused.ParamName.ShouldBe("continuation");
        refused.Message.ShouldContain("is not a continuation token");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public async Task A_page_size_outside_1_to_1000_is_refused(int pageSize) =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Store.ListRunsAsync(pageSize, null, Token));

    [Fact]
    public async Task Deleting_a_run_leaves_nothing_of_it_and_nothing_of_another_changes()
    {
        const string Other = "20260301-120000-cifar10-fpga-2";
        foreach (string id in new[] { RunId, Other })
        {
            await FillAsync(id);
        }

        await Store.DeleteRunAsync(RunId, Token);
        (await Store.GetRunAsync(RunId, Token)).ShouldBeNull();
        (await Store.GetCandidatesAsync(RunId, 0, Token)).ShouldBeEmpty();
        (await Store.GetCandidatesAsync(RunId, 1, Token)).ShouldBeEmpty();
        (await Store.GetRoundsAsync(RunId, Token)).ShouldBeEmpty();
        (await Store.GetRoundAsync(RunId, 0, 0, Token)).ShouldBeNull();
        (await Store.GetHeuristicsAsync(RunId, 0, Token)).ShouldBeEmpty();
        (await Store.GetFrontAsync(RunId, null, Token)).ShouldBeNull();
        (await Store.GetFrontAsync(RunId, 1, Token)).ShouldBeNull();
        (await Store.ListRunsAsync(10, null, Token)).Runs.Select(run => run.RunId).ShouldBe([Other]);
        (await Store.GetCandidatesAsync(Other, 1, Token)).Count.ShouldBe(1);
        (await Store.GetRoundsAsync(Other, Token)).Count.ShouldBe(2);
        (await Store.GetHeuristicsAsync(Other, 0, Token)).Count.ShouldBe(1);
        (await Store.GetFrontAsync(Other, null, Token)).ShouldNotBeNull();
        (await Store.GetChatAnswerAsync(StoreSamples.Hash(1), Token)).ShouldBe("answer");

        await Store.DeleteRunAsync(RunId, Token);
    }

    [Fact]
    public async Task A_run_that_was_opened_again_after_its_deletion_can_be_written_anew()
    {
        await FillAsync(RunId);
        await Store.DeleteRunAsync(RunId, Token);
        await Open().ReopenRunAsync(RunId, Token);
        await Store.PublishFrontAsync(RunId, StoreSamples.Front(0, 2), Token);
        (await Store.GetFrontAsync(RunId, null, Token))!.Version.ShouldBe(0);
    }

    private async Task FillAsync(string runId)
    {
        await Store.PutRunAsync(StoreSamples.Run(runId), Token);
        await Store.MergeCandidatesAsync(runId, 0, [StoreSamples.Candidate(1)], Token);
        await Store.MergeCandidatesAsync(runId, 1, [StoreSamples.Candidate(2)], Token);
        await Store.PutRoundAsync(runId, StoreSamples.Round(0, 0), Token);
        await Store.PutRoundAsync(runId, StoreSamples.Round(RoundRow.WholeRun, 0), Token);
        await Store.PutHeuristicsAsync(runId, StoreSamples.Heuristics(0, 1), Token);
        await Store.PublishFrontAsync(runId, StoreSamples.Front(1, 3), Token);
        await Store.PublishFrontAsync(runId, StoreSamples.Front(2, 3), Token);
        await Store.PutChatAnswerAsync(StoreSamples.Hash(1), "answer", Token);
    }
}
