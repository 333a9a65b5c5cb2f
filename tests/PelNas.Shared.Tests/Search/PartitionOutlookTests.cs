namespace PelNas.Shared.Tests.Search;

public sealed class PartitionOutlookTests
{
    private readonly StepHarness _search = new();

    private static ISearchSpace Space => StepHarness.Tables.Space;

    [Fact]
    public async Task A_function_is_of_the_partition_of_its_fastest_cell_and_tried_by_a_candidate_there()
    {
        await _search.SearchAsync(generations: 3);
        RunContext context = await _search.ContextAsync();
        ILookup<int, int> candidates = (await _search.CandidatesAsync())
            .ToLookup(candidate => candidate.Partition, candidate => candidate.Row.Index);
        int all = 0;
        for (int partition = 0; partition < 6; partition++)
        {
            IReadOnlyList<int> untried = (await OfAsync(context, partition, generation: 4)).Untried;

            untried.ShouldNotContain(index => candidates[partition].Contains(index));
            untried.ShouldAllBe(index => context.Map.PartitionOf(index) == partition);
            all += untried.Count + candidates[partition].Count(Space.IsConnected);
        }

        all.ShouldBe(Space.FunctionCount - 1, "all but the constant");
    }

    [Fact]
    public async Task Functions_of_cells_over_the_limits_do_not_count()
    {
        await _search.SearchAsync(generations: 0, StepHarness.Fpga with { MaxLatencyMs = 1.2 });
        RunContext context = await _search.ContextAsync();

        (await OfAsync(context, 0, generation: 0)).Untried.Count.ShouldBe(4);
        (await OfAsync(context, 0, generation: 1)).ShouldSatisfyAllConditions(
            outlook => outlook.Untried.ShouldBeEmpty(), outlook => outlook.IsWorthACall.ShouldBeFalse());
        (await OfAsync(context, 5, generation: 1)).Untried.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_partition_with_none_left_asks_nobody_and_offers_no_other_cell_of_them()
    {
        using ScriptedChatClient chat = new(_ => throw new InvalidOperationException("Nobody is to be asked."));
        StepHarness search = new(chat);
        await search.SearchAsync(generations: 3, StepHarness.Fpga with { MaxLatencyMs = 1.2 });

        IReadOnlyList<RunCandidate> candidates = await search.CandidatesAsync();
        candidates.Count.ShouldBe(4);
        candidates.ShouldAllBe(candidate => candidate.Row.Origin == CandidateOrigin.Seed && candidate.Row.LabelledGeneration == 0);
        chat.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_partition_that_what_is_labelled_elsewhere_dominates_is_not_worth_a_call()
    {
        await _search.SearchAsync(generations: 0);
        RunContext context = await _search.ContextAsync();

        RunCandidate[] labelled =
        [
            .. Enumerable.Range(0, 5)
                .SelectMany(partition => context.FastestCells(partition).Where(Space.IsConnected).Take(10)
                    .Select(index => Labelled(partition, index, context.Benchmark.TestAccuracy[index]))),
        ];
        AccuracyPredictor predictor = Train(context, labelled)!;
        int fastest = context.FastestCells(0).MinBy(index => context.Benchmark.LatencyMs[index]);

        PartitionOutlook.Of(context, 5, RunCandidates.Of(labelled, 1), predictor).IsWorthACall.ShouldBeTrue();
        PartitionOutlook.Of(
            context, 5, RunCandidates.Of([.. labelled, Labelled(0, fastest, 99.9)], 1), predictor).IsWorthACall.ShouldBeFalse();

        RunCandidate Labelled(int partition, int index, double accuracy) => new(
            partition,
            new CandidateRow
            {
                Index = index,
                Generation = 0,
                LabelledGeneration = 0,
                LatencyMs = context.Benchmark.LatencyMs[index],
                Accuracy = accuracy,
            });
    }

    [Fact]
    public async Task A_generation_has_as_many_cells_from_the_predictor_as_the_request_says()
    {
        await _search.SearchAsync(generations: 2, StepHarness.Fpga with { ProposalsPerPartition = 5 });

        IReadOnlyList<RunCandidate> made = await MadeAsync();
        made.Where(candidate => candidate.Row.Generation == 1).GroupBy(candidate => candidate.Partition).Select(group => group.Count())
            .ShouldAllBe(count => count == 5);
        made.ShouldNotContain(candidate => candidate.Row.Generation == 0);
    }

    [Fact]
    public async Task They_keep_the_partition_the_limits_and_a_live_path()
    {
        await _search.SearchAsync(generations: 2, StepHarness.Fpga with { MaxLatencyMs = 4 });

        RunContext context = await _search.ContextAsync();
        (await MadeAsync()).ShouldAllBe(candidate =>
            context.IsAllowed(candidate.Partition, candidate.Row.Index) && context.Space.IsConnected(candidate.Row.Index));
    }

    [Fact]
    public async Task They_promise_more_than_the_rest_of_the_partition()
    {
        await _search.SearchAsync(generations: 1);

        IReadOnlyList<double> accuracy = StepHarness.Tables.GetContext("cifar10", "fpga").TestAccuracy;
        RunContext context = await _search.ContextAsync();
        (await MadeAsync()).Where(candidate => candidate.Partition == 3).Average(candidate => accuracy[candidate.Row.Index])
            .ShouldBeGreaterThan(context.Map.Members(3).Average(index => accuracy[index]));
    }

    private async Task<IReadOnlyList<RunCandidate>> MadeAsync()
        => [.. (await _search.CandidatesAsync()).Where(candidate => candidate.Row.Origin == CandidateOrigin.Predictor)];

    private async Task<PartitionOutlook> OfAsync(RunContext context, int partition, int generation)
    {
        RunCandidates candidates = RunCandidates.Of(await _search.HistoryAsync(), generation);
        return PartitionOutlook.Of(context, partition, candidates, Train(context, candidates.Labelled));
    }

    private static AccuracyPredictor? Train(RunContext context, IEnumerable<RunCandidate> labelled) => AccuracyPredictor.Train(
        context.Functions, context.Benchmark.Shape.Classes, context.Request.Predictor,
        [.. labelled.Select(candidate => (candidate.Row.Index, candidate.Row.Accuracy!.Value))]);
}
