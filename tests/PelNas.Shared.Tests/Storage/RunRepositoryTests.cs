namespace PelNas.Shared.Tests.Storage;

/// <summary>The rows of runs and what their steps write; <see cref="RunListTests"/> has the list.</summary>
public sealed partial class RunRepositoryTests : RepositoryTest
{
    private const string RunId = StoreSamples.RunId;

    private readonly RunRepository _runs;

    public RunRepositoryTests() => _runs = new RunRepository(Rows);

    [Fact]
    public async Task A_run_is_read_as_it_was_added_first()
    {
        await _runs.AddAsync(StoreSamples.Run(), Cancellation);
        ShouldBeSame(await _runs.AddAsync(StoreSamples.Run() with { Proposer = "another" }, Cancellation), StoreSamples.Run());
        RunRow read = (await new RunRepository(Rows).GetAsync(RunId, Cancellation)).ShouldNotBeNull();
        ShouldBeSame(read, StoreSamples.Run());
        read.StartedAt.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_run_that_nobody_added_is_not_there()
    {
        (await _runs.GetAsync(RunId, Cancellation)).ShouldBeNull();
        (await _runs.IsDeletedAsync(RunId, Cancellation)).ShouldBeFalse();
        (await _runs.ReadAsync(RunId, 0, int.MaxValue, Cancellation)).ShouldBeEmpty();
        (await Should.ThrowAsync<RunNotFoundException>(() => _runs.ChangeAsync(RunId, run => run, Cancellation)))
            .Message.ShouldContain(RunId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("run")]
    [InlineData("20260301-120000-")]
    [InlineData("20260301-120000-a/b")]
    [InlineData("20261301-120000-a")]
    public async Task What_is_not_a_run_id_is_refused(string runId)
    {
        Func<Task>[] calls =
        [
            () => _runs.GetAsync(runId, Cancellation),
            () => _runs.IsDeletedAsync(runId, Cancellation),
            () => _runs.AddAsync(StoreSamples.Run(runId), Cancellation),
            () => _runs.ChangeAsync(runId, run => run, Cancellation),
            () => _runs.DeleteAsync(runId, Noon, Cancellation),
            () => _runs.AddAsync(runId, StoreSamples.Labels(0), Cancellation),
            () => _runs.FindAsync<LabelsRow>(runId, new(0, GenerationKinds.Labels), Cancellation),
            () => _runs.GetSpendingAsync(runId, 2, 1, Cancellation),
            () => _runs.TryPutSpendingAsync(runId, Spending, null, Cancellation),
        ];
        foreach (Func<Task> call in calls)
        {
            (await Should.ThrowAsync<ArgumentException>(call)).Message.ShouldContain("is not a run id");
        }
    }

    [Fact]
    public async Task A_run_with_a_number_that_is_not_finite_is_refused()
    {
        RunRow run = StoreSamples.Run();
        run = run with { Request = run.Request with { MaxUsd = double.NaN } };
        await Should.ThrowAsync<ArgumentException>(() => _runs.AddAsync(run, Cancellation));
        (await _runs.GetAsync(RunId, Cancellation)).ShouldBeNull();
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task Of_changes_at_once_each_sees_what_the_last_one_wrote(string adapter)
    {
        using TestRows rows = new(adapter);
        RunRepository[] processes = [.. rows.Processes.Select(process => new RunRepository(process))];
        await processes[0].AddAsync(StoreSamples.Run() with { StopReason = "" }, Cancellation);
        await Threads.AtOnceAsync(
            8, number => processes[number % 2].ChangeAsync(RunId, run => run with { StopReason = run.StopReason + number }, Cancellation));
        (await processes[1].GetAsync(RunId, Cancellation))!.StopReason!.Order().ShouldBe("01234567");
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task Of_steps_that_write_a_row_at_once_all_get_the_same(string adapter)
    {
        using TestRows rows = new(adapter);
        LabelsRow[] inForce = new LabelsRow[8];
        RunRepository[] processes = [.. rows.Processes.Select(process => new RunRepository(process))];
        await Threads.AtOnceAsync(
            8, async number => inForce[number] = await processes[number % 2].AddAsync(RunId, StoreSamples.Labels(0, number), Cancellation));
        int cell = inForce.Select(row => row.Candidates.Single().Index).Distinct().ShouldHaveSingleItem();
        LabelsRow late = await processes[0].AddAsync(RunId, StoreSamples.Labels(0, 99), Cancellation);
        late.Candidates.Single().Index.ShouldBe(cell);
    }

    [Fact]
    public async Task Rows_of_generations_are_read_as_they_were_written_each_kind_by_its_key()
    {
        IGenerationRow[] rows = [.. StoreSamples.Generation(0), .. StoreSamples.Generation(1), .. StoreSamples.Generation(2)];
        foreach (dynamic row in rows.Reverse())
        {
            await _runs.AddAsync(RunId, row, Cancellation);
        }

        await _runs.TryPutSpendingAsync(RunId, Spending, null, Cancellation);
        foreach ((int from, int to) in new[] { (0, int.MaxValue), (0, 0), (1, 2), (2, 2), (3, 9) })
        {
            IReadOnlyList<IGenerationRow> read = await _runs.ReadAsync(RunId, from, to, Cancellation);
            read.Select(Text)
                .ShouldBe(rows.Where(row => row.Key.Generation >= from && row.Key.Generation <= to).Select(Text), ignoreOrder: true);
        }

        ShouldBeSame(
            await _runs.FindAsync<ScoresRow>(RunId, new(1, GenerationKinds.Scores, 1), Cancellation), StoreSamples.Scores(1, 1, 12, 13));
        (await _runs.FindAsync<ScoresRow>(RunId, new(1, GenerationKinds.Scores, 2), Cancellation)).ShouldBeNull();

        static string Text(IGenerationRow row) => $"{row.Key} {PelNasJson.Serialize<object>(row)}";
    }

    [Fact]
    public async Task A_whole_run_is_written_at_once_beyond_a_batch_and_a_page()
    {
        IGenerationRow[] rows = [.. Enumerable.Range(0, 180).SelectMany(StoreSamples.Generation)];
        await _runs.WriteAsync(RunId, rows, Cancellation);
        (await _runs.ReadAsync(RunId, 0, int.MaxValue, Cancellation)).Select(row => row.Key)
            .ShouldBe(rows.Select(row => row.Key), ignoreOrder: true);
    }

    [Fact]
    public async Task A_deleted_run_is_found_by_nobody_and_its_steps_end()
    {
        await _runs.AddAsync(StoreSamples.Run(), Cancellation);
        await _runs.DeleteAsync(RunId, Noon, Cancellation);
        await _runs.DeleteAsync(RunId, Noon.AddHours(1), Cancellation);

        (await _runs.GetAsync(RunId, Cancellation)).ShouldBeNull();
        (await _runs.IsDeletedAsync(RunId, Cancellation)).ShouldBeTrue();
        await Should.ThrowAsync<RunNotFoundException>(() => _runs.ChangeAsync(RunId, run => run, Cancellation));
        await Should.ThrowAsync<RunNotFoundException>(() => _runs.AddAsync(StoreSamples.Run(), Cancellation));
        (await _runs.ListDeletedAsync(Noon, Cancellation)).ShouldBeEmpty();
        (await _runs.ListDeletedAsync(Noon.AddTicks(1), Cancellation)).ShouldBe([RunId], "the first deletion counts");
    }

    [Fact]
    public async Task A_run_that_is_deleted_before_it_is_planned_is_not_planned_until_it_is_purged()
    {
        await _runs.DeleteAsync(RunId, Noon, Cancellation);
        (await _runs.IsDeletedAsync(RunId, Cancellation)).ShouldBeTrue();
        await Should.ThrowAsync<RunNotFoundException>(() => _runs.AddAsync(StoreSamples.Run(), Cancellation));
        (await _runs.ListDeletedAsync(Noon.AddHours(1), Cancellation)).ShouldBe([RunId]);

        await _runs.PurgeAsync(RunId, Cancellation);
        ShouldBeSame(await _runs.AddAsync(StoreSamples.Run(), Cancellation), StoreSamples.Run());
    }

    [Fact]
    public async Task A_purge_leaves_nothing_of_a_run_and_another_run_as_it_was()
    {
        const string Other = RunId + "-2";
        foreach (string run in new[] { RunId, Other })
        {
            await _runs.AddAsync(StoreSamples.Run(run), Cancellation);
            await _runs.WriteAsync(run, StoreSamples.Generation(0), Cancellation);
            await _runs.TryPutSpendingAsync(run, Spending, null, Cancellation);
        }

        await _runs.DeleteAsync(RunId, Noon, Cancellation);
        await _runs.PurgeAsync(RunId, Cancellation);
        await _runs.PurgeAsync(RunId, Cancellation);

        (await _runs.IsDeletedAsync(RunId, Cancellation)).ShouldBeFalse();
        (await _runs.ListDeletedAsync(DateTimeOffset.MaxValue, Cancellation)).ShouldBeEmpty();
        (await _runs.ReadAsync(RunId, 0, int.MaxValue, Cancellation)).ShouldBeEmpty();
        (await _runs.ListSpendingAsync(RunId, Cancellation)).ShouldBeEmpty();
        (await _runs.ReadAsync(Other, 0, int.MaxValue, Cancellation)).Count.ShouldBe(6);
        (await _runs.ListSpendingAsync(Other, Cancellation)).ShouldBe([Spending]);
    }

    [Fact]
    public async Task A_purge_that_is_cut_short_is_found_again()
    {
        await _runs.DeleteAsync(RunId, Noon, Cancellation);
        await _runs.WriteAsync(RunId, StoreSamples.Generation(0), Cancellation);
        RunRepository ending = new(new CountingRowStore(Rows) { MostWrites = 1 });
        await Should.ThrowAsync<ProcessEndedException>(() => ending.PurgeAsync(RunId, Cancellation));
        (await _runs.ListDeletedAsync(DateTimeOffset.MaxValue, Cancellation)).ShouldBe([RunId]);
    }

    [Fact]
    public async Task A_damaged_row_is_named()
    {
        await _runs.AddAsync(StoreSamples.Run(), Cancellation);
        await _runs.WriteAsync(RunId, [StoreSamples.Labels(0, 1)], Cancellation);
        await ShouldNameTheDamagedRowAsync(
            "Runs",
            "runs",
            () => _runs.GetAsync(RunId, Cancellation),
            () => _runs.ChangeAsync(RunId, run => run, Cancellation),
            () => _runs.AddAsync(StoreSamples.Run(), Cancellation),
            () => _runs.ListAsync(10, null, Cancellation),
            () => _runs.ListDeletedAsync(Noon, Cancellation));
        await ShouldNameTheDamagedRowAsync(
            "Generations",
            RunId,
            () => _runs.FindAsync<LabelsRow>(RunId, new(0, GenerationKinds.Labels), Cancellation),
            () => _runs.AddAsync(RunId, StoreSamples.Labels(0, 2), Cancellation),
            () => _runs.GetHistoryAsync(RunId, Cancellation));
    }

    [Fact]
    public async Task A_row_of_a_kind_that_is_not_known_is_told_of()
    {
        await Rows.TryPutAsync(new RowId("Generations", RunId, "000000:dreams"), "{}", RowCondition.Any, Cancellation);
        StoreException fault = await Should.ThrowAsync<StoreException>(() => _runs.GetHistoryAsync(RunId, Cancellation));
        fault.Message.ShouldContain("of a kind that is not known here, dreams");
    }
}
