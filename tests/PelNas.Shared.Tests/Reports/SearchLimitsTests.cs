namespace PelNas.Shared.Tests.Reports;

public sealed class SearchLimitsTests
{
    private readonly StepHarness _search = new();

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(1.5, null, "latency up to 1.5 ms")]
    [InlineData(1.5, 0.25, "latency up to 1.5 ms, up to 0.25 million parameters")]
    public void Limits_are_put_in_words(double? maxLatencyMs, double? maxParamsM, string? words)
        => SearchLimits.Of(new SearchRequest { MaxLatencyMs = maxLatencyMs, MaxParamsM = maxParamsM })?.Describe().ShouldBe(words);

    [Fact]
    public async Task A_run_is_measured_by_the_exact_front_within_its_limits()
    {
        await _search.PlanAsync(StepHarness.Fpga with { MaxLatencyMs = 3, MaxParamsM = 0.2 });
        RunContext context = await _search.ContextAsync();
        BenchmarkContext benchmark = context.Benchmark;
        int[] allowed = [.. Enumerable.Range(0, context.Space.Size)
            .Where(index => benchmark.LatencyMs[index] <= 3 && context.ParamsM(index) <= 0.2)];

        ContextMetrics metrics = context.Metrics.ShouldNotBeNull();

        metrics.ExactFront.ShouldAllBe(index => allowed.Contains(index));
        metrics.ExactFront.ShouldAllBe(index =>
            !allowed.Any(other => benchmark.TestAccuracy[other] > benchmark.TestAccuracy[index]
                && benchmark.LatencyMs[other] <= benchmark.LatencyMs[index]));
        FrontQuality best = metrics.Evaluate(allowed, LabelSources.Test);
        (best.HypervolumeRatio, best.Igd, best.FrontHitRate, best.LiveHypervolumeRatio, best.LiveFrontHitRate).ShouldBe((1, 0, 1, 1, 1));
        best.Hypervolume.ShouldBe(benchmark.Metrics.Evaluate(allowed, LabelSources.Test).Hypervolume, 1e-12);
    }
}
