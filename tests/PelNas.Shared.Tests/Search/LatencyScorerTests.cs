namespace PelNas.Shared.Tests.Search;

public sealed class LatencyScorerTests
{
    private readonly StepHarness _search = new();

    [Fact]
    public async Task The_generations_candidates_get_the_tables_latency()
    {
        await _search.PlanAsync();
        await _search.SeedAsync(4);

        IReadOnlyList<double> latency = StepHarness.Tables.GetContext("cifar10", "fpga").LatencyMs;
        IReadOnlyList<RunCandidate> seeds = await _search.CandidatesAsync();
        seeds.Count.ShouldBe(24);
        (await _search.ScoreLatencyAsync(4, generation: 0))
            .ShouldBe(seeds.Select(seed => new CandidateLatency(seed.Row.Index, latency[seed.Row.Index])), ignoreOrder: true);
        (await _search.ScoreLatencyAsync(4, generation: 1)).ShouldBeEmpty();
    }
}
