using PelNas.Shared.Records;
using PelNas.Shared.Tests.Support;


namespace PelNas.Shared.Tests.Search;

public sealed class PartitionSeederTests
{
    private readonly StepHarness _search = new();

    [Fact]
    public async Task Seeds_are_distinct_functions_of_the_partition_with_its_fastest_among_them()
    {
        await _search.PlanAsync();
        RunContext context = await _search.ContextAsync();

        (await _search.SeedAsync(5)).Accepted.ShouldBe(24);

        int[] seeds = [.. (await _search.CandidatesAsync()).Select(candidate => candidate.Row.Index)];
        seeds.ShouldAllBe(index => context.Map.PartitionOf(index) == 5);
        seeds.Select(context.Space.FunctionId).Distinct().Count().ShouldBe(24);
        double fastest = context.Map.Members(5).Min(index => context.Benchmark.LatencyMs[index]);
        seeds.ShouldContain(index => context.Benchmark.LatencyMs[index] == fastest);
    }

    [Fact]
    public async Task Another_seed_draws_another_population()
    {
        await _search.PlanAsync();
        await _search.SeedAsync(3);
        StepHarness other = new();
        await other.PlanAsync(new SearchRequest { Dataset = "cifar10", Device = "fpga", Seed = 2 });
        await other.SeedAsync(3);

        (await other.CandidatesAsync()).Select(candidate => candidate.Row.Index)
            .ShouldNotBe((await _search.CandidatesAsync()).Select(candidate => candidate.Row.Index));
    }

    [Fact]
    public async Task A_limit_can_leave_a_partition_empty()
    {
        await _search.PlanAsync(new SearchRequest { Dataset = "cifar10", Device = "fpga", MaxLatencyMs = 2 });

        (await _search.SeedAsync(5)).Accepted.ShouldBe(0);
    }
}
