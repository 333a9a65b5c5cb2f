namespace PelNas.Shared.Tests.Search;

public sealed class ArchiveUpdaterTests
{
    [Fact]
    public async Task What_is_known_without_training_is_kept_of_each_candidate_that_has_a_latency()
    {
        StepHarness search = new();
        await search.PlanAsync();
        await search.SeedAsync(2);
        int[] seeds = [.. (await search.HistoryAsync()).Candidates().Where(candidate => candidate.Partition == 2)
            .Select(candidate => candidate.Row.Index)];

        (await search.UpdateArchiveAsync(
            2, 0, [new(seeds[0], 91.5, 0.25), new(seeds[2], 90.5, 0.5)], [new(seeds[0], 1.5), new(seeds[1], 2.5)])).ShouldBe(2);

        Dictionary<int, CandidateRow> rows = (await search.HistoryAsync()).Candidates().Where(candidate => candidate.Partition == 2)
            .Select(candidate => candidate.Row).ToDictionary(row => row.Index);
        Known(rows[seeds[0]]).ShouldBe((1.5, 91.5, 0.25));
        Known(rows[seeds[1]]).ShouldBe((2.5, null, null));
        Known(rows[seeds[2]]).ShouldBe((null, null, null));
    }

    private static (double? LatencyMs, double? Accuracy, double? Deviation) Known(CandidateRow row)
        => (row.LatencyMs, row.PredictedAccuracy, row.PredictedDeviation);
}
