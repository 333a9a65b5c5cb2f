using PelNas.Shared.Tests.Storage;

namespace PelNas.Shared.Tests.Search;

/// <summary>What a process remembers of its runs, and what it asks the store for.</summary>
public sealed class RunHistoriesTests
{
    private static readonly RunRow Run = StoreSamples.Run();

    private readonly CountingRowStore _rows = new();
    private readonly RunHistories _histories;

    public RunHistoriesTests() => _histories = Open();

    [Fact]
    public async Task A_process_that_wrote_all_itself_reads_nothing()
    {
        await WriteAsync(_histories, 0, 1);
        int reads = _rows.Reads;
        int writes = _rows.Writes;

        Cells(await _histories.BeforeAsync(Run, 2, Cancellation)).ShouldBe([0, 1, 10, 11, 2, 3, 12, 13]);
        Cells(await _histories.LabelledAsync(Run, 1, Cancellation)).Count.ShouldBe(8);
        Cells(await _histories.ScoredAsync(Run, 1, Cancellation)).Count.ShouldBe(8);
        Cells(await _histories.ProposedAsync(Run, 1, 1, Cancellation)).ShouldBe([0, 1, 2, 3, 12, 13]);
        (await _histories.FindAsync<HeuristicsRow>(Run, new(1, GenerationKinds.Heuristics, 1), Cancellation)).ShouldNotBeNull();

        (_rows.Reads, _rows.Writes).ShouldBe((reads, writes));
    }

    [Fact]
    public async Task A_row_is_written_with_one_request()
    {
        await _histories.AddAsync(Run, StoreSamples.Labels(0, 1), Cancellation);
        _rows.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task Another_process_sees_the_same_and_reads_it_once()
    {
        await WriteAsync(_histories, 0, 1);
        RunHistories other = Open();
        int reads = _rows.Reads;

        Content(await other.BeforeAsync(Run, 2, Cancellation)).ShouldBe(Content(await _histories.BeforeAsync(Run, 2, Cancellation)));
        await other.BeforeAsync(Run, 2, Cancellation);
        await other.LabelledAsync(Run, 1, Cancellation);
        _rows.Reads.ShouldBe(reads + 1);

        await WriteAsync(_histories, 2);
        reads = _rows.Reads;
        Content(await other.BeforeAsync(Run, 3, Cancellation)).ShouldBe(Content(await _histories.BeforeAsync(Run, 3, Cancellation)));
        _rows.Reads.ShouldBe(reads + 1, "what is new is one range");
    }

    [Fact]
    public async Task What_others_wrote_of_the_generation_in_hand_is_read_until_it_is_whole()
    {
        await WriteAsync(_histories, 0);
        RunHistories other = Open();
        await other.BeforeAsync(Run, 1, Cancellation);
        await _histories.AddAsync(Run, StoreSamples.Proposals(0, 1, 10, 11), Cancellation);

        Cells(await other.ScoredAsync(Run, 1, Cancellation)).ShouldBe([0, 1, 10, 11, 2, 3]);
        await _histories.AddAsync(Run, StoreSamples.Proposals(1, 1, 12, 13), Cancellation);
        Cells(await other.ScoredAsync(Run, 1, Cancellation)).ShouldBe([0, 1, 10, 11, 2, 3, 12, 13]);
        Cells(await other.ProposedAsync(Run, 1, 1, Cancellation)).ShouldBe([0, 1, 2, 3, 12, 13]);
    }

    [Fact]
    public async Task A_step_does_not_see_what_its_own_generation_has_beyond_what_it_asks_for()
    {
        await WriteAsync(_histories, 0, 1, 2);
        foreach (RunHistories histories in (RunHistories[])[_histories, Open()])
        {
            RunHistory before = await histories.BeforeAsync(Run, 1, Cancellation);
            (Cells(before).Count, before.Front!.Round.Generation, before.Heuristics(0).Count).ShouldBe((4, 0, 0));
            RunHistory scored = await histories.ScoredAsync(Run, 1, Cancellation);
            scored.Candidates().ShouldAllBe(candidate => candidate.Row.LatencyMs != null && candidate.Row.LabelledGeneration != 1);
            RunHistory labelled = await histories.LabelledAsync(Run, 1, Cancellation);
            (labelled.Candidates().Count(candidate => candidate.Row.LabelledGeneration == 1), labelled.Front!.Round.Generation)
                .ShouldBe((2, 0));
        }
    }

    [Fact]
    public async Task A_step_that_runs_again_keeps_to_what_was_written_first_in_any_process()
    {
        await _histories.AddAsync(Run, StoreSamples.Labels(0, 1), Cancellation);
        foreach (RunHistories histories in (RunHistories[])[_histories, Open()])
        {
            (await histories.AddAsync(Run, StoreSamples.Labels(0, 2), Cancellation)).Candidates.Single().Index.ShouldBe(1);
            (await histories.FindAsync<LabelsRow>(Run, new(0, GenerationKinds.Labels), Cancellation))!.Candidates.Single().Index.ShouldBe(
                1);
        }
    }

    [Fact]
    public async Task A_row_that_is_not_there_yet_is_asked_for_again()
    {
        GenerationKey key = new(0, GenerationKinds.Labels);
        RunHistories other = Open();
        (await other.FindAsync<LabelsRow>(Run, key, Cancellation)).ShouldBeNull();
        await _histories.AddAsync(Run, StoreSamples.Labels(0, 1), Cancellation);
        (await other.FindAsync<LabelsRow>(Run, key, Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_run_that_was_purged_and_planned_anew_has_a_history_of_its_own()
    {
        await WriteAsync(_histories, 0);
        await new RunRepository(_rows).PurgeAsync(Run.RunId, Cancellation);
        Cells(await _histories.BeforeAsync(Run with { StartedAt = Run.StartedAt.AddTicks(1) }, 1, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task More_runs_than_are_remembered_are_read_again()
    {
        await WriteAsync(_histories, 0);
        for (int second = 0; second < 40; second++)
        {
            await _histories.BeforeAsync(StoreSamples.Run($"20260401-1200{second:00}-a"), 1, Cancellation);
        }

        Cells(await _histories.BeforeAsync(Run, 1, Cancellation)).ShouldBe([0, 1, 2, 3]);
    }

    private static List<int> Cells(RunHistory history) => [.. history.Candidates().Select(candidate => candidate.Row.Index)];

    private static string Content(RunHistory history)
        => PelNasJson.Serialize(new object?[] { history.Candidates(), history.Rounds, history.Fronts.ToArray(), history.Heuristics(0) });

    private RunHistories Open() => new(new RunRepository(_rows));

    private static async Task WriteAsync(RunHistories histories, params int[] generations)
    {
        foreach (IGenerationRow row in generations.SelectMany(StoreSamples.Generation))
        {
            await histories.AddAsync(Run, (dynamic)row, Cancellation);
        }
    }
}
