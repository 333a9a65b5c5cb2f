using PelNas.Shared.Tests.Support;


namespace PelNas.Shared.Tests.Search;

public sealed class LatencyScorerTests : IDisposable
{
    private readonly StepHarness _search = new();

    [Fact]
    public async Task The_generations_candidates_get_the_tables_latency()
    {
        await _search.PlanAsync();
        await _search.SeedAsync(4);

        (await _search.ScoreLatencyAsync(4, generation: 0)).ShouldBe(24);

        IReadOnlyList<double> latency = StepHarness.Tables.GetContext("cifar10", "fpga").LatencyMs;
        (await _search.CandidatesAsync()).ShouldAllBe(candidate => candidate.Row.LatencyMs == latency[candidate.Row.Index]);
        (await _search.ScoreLatencyAsync(4, generation: 1)).ShouldBe(0);
    }

    public void Dispose() => _search.Dispose();
}
