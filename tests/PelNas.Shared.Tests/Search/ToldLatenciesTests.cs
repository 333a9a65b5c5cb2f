namespace PelNas.Shared.Tests.Search;

public sealed class ToldLatenciesTests
{
    private static readonly BenchmarkContext Raspi = StepHarness.Tables.GetContext("cifar10", "raspi4");

    private static readonly BenchmarkContext Counted = new(
        "tools", Raspi.Shape, CountedDevices.Told, Raspi.Space, CountedDevices.LatencyMs(Raspi.Space, CountedDevices.Flops, Raspi.Shape));

    [Fact]
    public void Without_a_latency_the_count_is_all_that_is_believed()
        => ToldLatencies.Believe(Counted, [], StepHarness.Estimator).ShouldBe(Counted);

    [Fact]
    public void A_few_latencies_scale_the_count()
    {
        MeasuredCell[] told = Told(2);

        BenchmarkContext believed = ToldLatencies.Believe(Counted, told, StepHarness.Estimator);

        HashSet<int> cells = [.. told.Select(cell => cell.Index)];
        double factor = told.Sum(cell => cell.LatencyMs!.Value) / cells.Sum(cell => Counted.LatencyMs[cell]);
        Enumerable.Range(0, Raspi.Space.Size).ShouldAllBe(
            cell => cells.Contains(cell)
                ? believed.LatencyMs[cell] == Raspi.LatencyMs[cell]
                : Math.Abs(believed.LatencyMs[cell] - (factor * Counted.LatencyMs[cell])) < 1e-9);
    }

    [Fact]
    public void More_latencies_rank_the_others_better_than_the_count()
    {
        MeasuredCell[] told = Told(20);

        BenchmarkContext believed = ToldLatencies.Believe(Counted, told, StepHarness.Estimator);

        told.ShouldAllBe(cell => believed.LatencyMs[cell.Index] == cell.LatencyMs && believed.Uncertainty!.Measured.Contains(cell.Index));
        Correlation.Spearman(believed.LatencyMs, Raspi.LatencyMs).ShouldBeGreaterThan(0.95);
        Correlation.Spearman(Counted.LatencyMs, Raspi.LatencyMs).ShouldBeLessThan(0.9);
    }

    private static MeasuredCell[] Told(int count)
        => [.. MeasurementChoice.Begin(count).Select(cell => new MeasuredCell(cell, Raspi.LatencyMs[cell]))];
}
