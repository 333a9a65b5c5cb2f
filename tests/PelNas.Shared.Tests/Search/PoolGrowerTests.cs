namespace PelNas.Shared.Tests.Search;

public sealed class PoolGrowerTests
{
    private const int Generations = 2;

    private static readonly SearchRequest Request = new()
    {
        Space = "accel-nasbench-open",
        Dataset = "imagenet",
        Device = "zcu102-latency",
        Seed = 5,
        Generations = Generations,
        MaxLabels = 40,
        ProposalsPerPartition = 6,
    };

    [Fact]
    public async Task Every_generation_adds_new_architectures_and_takes_what_is_proposed()
    {
        StepHarness search = Search();
        await search.SearchAsync(Generations, Request);
        RunContext context = await search.ContextAsync(Generations + 1);
        int partitions = context.Run.Partitions.Count;
        int found = (PoolGrower.FoundPerPartition * partitions) + PoolGrower.Drawn;
        context.Space.SampleSize.ShouldBe((await search.ContextAsync()).Space.Size);
        (context.Space.Size - context.Space.SampleSize)
            .ShouldBeInRange(Generations * found / 2, Generations * (found + (partitions * Request.ProposalsPerPartition)));

        // Each once: the space itself refuses twice. None is more than labelled once.
        RunCandidate[] candidates = [.. await search.CandidatesAsync()];
        candidates.Select(candidate => candidate.Row.Index).ShouldBeUnique();
        candidates.ShouldAllBe(candidate => context.IsAllowed(candidate.Partition, candidate.Row.Index));
        candidates.Count(candidate => candidate.Row.Accuracy is not null).ShouldBe(Request.MaxLabels);
        candidates.ShouldAllBe(candidate => candidate.Row.LatencyMs == context.Benchmark.LatencyMs[candidate.Row.Index]);

        // What the proposer and the operators brought was mostly nowhere before, and was predicted all the same.
        RunCandidate[] proposed =
            [.. candidates.Where(candidate =>
                candidate.Row.Origin is CandidateOrigin.Crossover or CandidateOrigin.Mutation or CandidateOrigin.Operator)];
        proposed.Count(candidate => candidate.Row.Index >= context.Space.SampleSize).ShouldBeGreaterThan(proposed.Length / 2);
        proposed.ShouldAllBe(candidate => candidate.Row.PredictedAccuracy != null);
    }

    [Fact]
    public async Task The_pace_of_the_partitions_changes_nothing_and_neither_does_another_process()
    {
        StepHarness search = Search();
        await search.SearchAsync(Generations, Request);
        StepHarness reversed = Search();
        await reversed.SearchAsync(Generations, Request, isReversed: true);
        string[] rows = await DumpAsync(search.Rows);
        (await DumpAsync(reversed.Rows)).ShouldBe(rows);

        StepHarness other = Search(search.Rows);
        await other.SearchAsync(Generations, Request);
        (await DumpAsync(search.Rows)).ShouldBe(rows);
    }

    [Fact]
    public async Task The_predictor_finds_better_than_chance_draws()
    {
        StepHarness search = Search();
        await search.SearchAsync(1, Request);
        await search.GrowAsync(2);
        RunContext context = await search.ContextAsync(2);
        int grown = (await search.HistoryAsync()).Pool.Last().Genotypes.Length / context.Space.DecisionCount;
        Judge(context.Space.Size - grown).ShouldBeGreaterThan(Judge(0));

        double Judge(int first) => context.Benchmark.Open!.BestKnown(Request.Dataset, Request.Device)
            .Evaluate(Enumerable.Range(first, grown)
                .Select(index => (context.Benchmark.LatencyMs[index], context.Benchmark.TestAccuracy[index]))).HypervolumeRatio;
    }

    [Fact]
    public async Task A_space_that_is_looked_through_as_a_whole_does_not_grow()
    {
        StepHarness search = new();
        await search.PlanAsync();
        (await search.GrowAsync(1)).ShouldBe(0);
        (await search.HistoryAsync()).Pool.ShouldBeEmpty();
    }

    private static StepHarness Search(IRowStore? rows = null)
        => new(new OfflineChatClient(StepHarness.Tables.GetSpace("accel-nasbench-open").Space), rows: rows);

    private static ValueTask<string[]> DumpAsync(IRowStore rows)
        => rows.QueryAsync(new RowQuery("Generations", StepHarness.RunId), Cancellation)
            .Select(row => $"{row.Id.Key} {row.Body}").ToArrayAsync(Cancellation);
}
