namespace PelNas.Shared.Tests.Search;

public sealed class PartitionSeederTests
{
    private readonly StepHarness _search = new();

    [Fact]
    public async Task Seeds_are_distinct_functions_of_the_partition_with_the_fastest_among_them()
    {
        await _search.PlanAsync();
        RunContext context = await _search.ContextAsync();

        (await _search.SeedAsync(5)).Accepted.ShouldBe(24);

        int[] seeds = [.. (await _search.CandidatesAsync()).Select(candidate => candidate.Row.Index)];
        seeds.ShouldAllBe(index => context.Map.PartitionOf(index) == 5);
        seeds.Select(context.Space.FunctionId).Distinct().Count().ShouldBe(24);
        double fastest = context.FastestCells(5).Min(index => context.Benchmark.LatencyMs[index]);
        seeds.ShouldContain(index => context.Benchmark.LatencyMs[index] == fastest);
    }

    [Fact]
    public async Task No_cell_within_the_limits_computes_the_function_of_a_seed_faster()
    {
        await _search.PlanAsync(StepHarness.Fpga with { Device = "raspi4", MaxParamsM = 0.5 });
        RunContext context = await _search.ContextAsync();
        await _search.SeedAsync(2);

        int[] seeds = [.. (await _search.CandidatesAsync()).Select(candidate => candidate.Row.Index)];
        seeds.Length.ShouldBe(24);
        foreach (int seed in seeds)
        {
            Enumerable.Range(0, context.Space.Size)
                .Where(index => context.Space.FunctionId(index) == context.Space.FunctionId(seed) && context.ParamsM(index) <= 0.5)
                .Min(index => context.Benchmark.LatencyMs[index]).ShouldBe(context.Benchmark.LatencyMs[seed]);
        }
    }

    [Fact]
    public async Task The_fastest_architecture_with_a_path_is_a_seed_and_none_without()
    {
        await _search.PlanAsync(StepHarness.Fpga with { Device = "raspi4" });
        RunContext context = await _search.ContextAsync();
        int fastest = Enumerable.Range(0, context.Space.Size).Where(context.Space.IsConnected)
            .MinBy(index => context.Benchmark.LatencyMs[index]);
        await _search.SeedAsync(context.Map.PartitionOf(fastest));

        int[] seeds = [.. (await _search.CandidatesAsync()).Select(candidate => candidate.Row.Index)];
        seeds.ShouldContain(fastest);
        seeds.ShouldAllBe(index => context.Space.IsConnected(index));
    }

    [Fact]
    public async Task What_a_first_call_may_cost_includes_the_tokens_of_reasoning()
    {
        StepHarness search = new(
            new ScriptedChatClient(_ => "", price: new("m", InputUsdPerMillion: 0, OutputUsdPerMillion: 10, "2026-03-01")));
        await search.PlanAsync(StepHarness.Fpga with { MaxUsd = 5, Prior = PriorSources.None });

        double plain = (await search.SeedAsync(0)).NeededUsd!.Value;
        double reasoning = (await search.SeedAsync(1, new ChatProviderOptions { ReasoningTokens = 100_000 })).NeededUsd!.Value;

        reasoning.ShouldBe(plain + 1, 1e-9);
    }

    [Fact]
    public async Task Another_seed_draws_another_population()
    {
        await _search.PlanAsync();
        await _search.SeedAsync(3);
        StepHarness other = new();
        await other.PlanAsync(StepHarness.Fpga with { Seed = 2 });
        await other.SeedAsync(3);

        (await other.CandidatesAsync()).Select(candidate => candidate.Row.Index)
            .ShouldNotBe((await _search.CandidatesAsync()).Select(candidate => candidate.Row.Index));
    }

    [Fact]
    public async Task A_limit_can_leave_a_partition_empty()
    {
        await _search.PlanAsync(StepHarness.Fpga with { MaxLatencyMs = 2 });

        (await _search.SeedAsync(5)).Accepted.ShouldBe(0);
    }
}
