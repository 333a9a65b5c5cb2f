namespace PelNas.Shared.Tests.Search;

/// <summary>Steps that are delivered twice, in turn or at once, in this process or another, and steps of a run that is gone.</summary>
public sealed class RepeatedStepsTests
{
    private static readonly SearchRequest Request = StepHarness.Fpga with { Generations = 2, MaxLabels = 60, ProposalsPerPartition = 6 };

    [Fact]
    public async Task Every_step_that_runs_again_in_any_process_changes_nothing()
    {
        StepHarness search = new();
        await search.SearchAsync(2, Request);
        string[] before = await DumpAsync(search.Rows);
        foreach (StepHarness again in (StepHarness[])[search, new StepHarness(rows: search.Rows)])
        {
            await again.SearchAsync(2, Request with { Seed = 9 });
            (await DumpAsync(search.Rows)).ShouldBe(before);
        }
    }

    [Fact]
    public async Task Every_step_that_runs_again_returns_the_same()
    {
        StepHarness search = new();
        await search.SearchAsync(1, Request);
        StepHarness other = new(rows: search.Rows);
        foreach (Func<StepHarness, Task<object>> step in new Func<StepHarness, Task<object>>[]
        {
            async steps => await steps.PlanAsync(Request),
            async steps => await steps.SeedAsync(2),
            async steps => await steps.UpdateHeuristicsAsync(2, 1),
            async steps => await steps.MutateAsync(2, 1),
            async steps => await steps.ScoreZeroCostAsync(2, 1),
            async steps => await steps.ScoreLatencyAsync(2, 1),
            async steps => await steps.UpdateArchiveAsync(2, 1, [], []),
            async steps => await steps.ChooseLabelsAsync(1),
            async steps => await steps.PublishAsync(1),
        })
        {
            PelNasJson.Serialize(await step(other)).ShouldBe(PelNasJson.Serialize(await step(search)));
        }

        int scored = (await search.HistoryAsync()).Candidates().Where(candidate => candidate.Partition == 2)
            .Select(candidate => candidate.Row).Count(row => row is { Generation: 1, LatencyMs: not null });
        (await search.UpdateArchiveAsync(2, 1, [], [])).ShouldBe(scored, "what it kept when it ran first");
        scored.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task Partitions_and_repetitions_at_once_in_two_processes_come_to_what_one_after_the_other_does(string adapter)
    {
        StepHarness alone = new();
        await alone.SearchAsync(2, Request);

        using TestRows rows = new(adapter);
        StepHarness[] processes = [.. rows.Processes.Select(process => new StepHarness(rows: process))];
        await Task.WhenAll(processes.Select(process => process.PlanAsync(Request)));
        for (int generation = 0; generation <= 2; generation++)
        {
            await Threads.AtOnceAsync(12, async number =>
            {
                await processes[number % 2].ProposeAsync(number / 2, generation);
                await processes[number % 2].ScoreAsync(number / 2, generation);
            });
            await Threads.AtOnceAsync(4, number => processes[number % 2].ChooseLabelsAsync(generation));
            await Threads.AtOnceAsync(4, number => processes[number % 2].PublishAsync(generation));
        }

        (await DumpAsync(rows.Processes[0])).ShouldBe(await DumpAsync(alone.Rows));
    }

    [Fact]
    public async Task Every_step_of_a_run_that_was_deleted_ends()
    {
        StepHarness search = new();
        await search.SearchAsync(0, Request);
        await search.Runs.DeleteAsync(StepHarness.RunId, DateTimeOffset.UnixEpoch, Cancellation);
        string[] before = await DumpAsync(search.Rows);
        foreach (Func<Task> step in new Func<Task>[]
        {
            () => search.PlanAsync(Request),
            () => search.SeedAsync(0),
            () => search.UpdateHeuristicsAsync(0, 1),
            () => search.MutateAsync(0, 1),
            () => search.ScoreZeroCostAsync(0, 0),
            () => search.ScoreLatencyAsync(0, 0),
            () => search.UpdateArchiveAsync(0, 1, [], []),
            () => search.ChooseLabelsAsync(0),
            () => search.PublishAsync(0),
            () => new SearchFinisher(search.Runs)
                .FinishAsync(StepHarness.RunId, StopReasons.Labels, DateTimeOffset.UnixEpoch, Cancellation),
        })
        {
            (await Should.ThrowAsync<RunNotFoundException>(step)).Message.ShouldContain(StepHarness.RunId);
        }

        (await DumpAsync(search.Rows)).ShouldBe(before);
    }

    /// <summary>All rows that a search has.</summary>
    private static async Task<string[]> DumpAsync(IRowStore rows)
    {
        List<string> dump = [];
        foreach (RowQuery query in (RowQuery[])[new("Runs", "runs"), new("Generations", StepHarness.RunId)])
        {
            dump.AddRange(await rows.QueryAsync(query, Cancellation).Select(row => $"{row.Id} {row.Body}").ToListAsync(Cancellation));
        }

        return [.. dump];
    }
}
