namespace PelNas.Shared.Tests.Predictor;

public class ExpectedFrontTests
{
    private static readonly BenchmarkContext Context = StepHarness.Tables.GetContext("cifar10", "fpga");
    private static readonly FunctionTable Functions = FunctionTable.Create(Context.Space, []);
    private static readonly double[] Truth = [.. Functions.Cells.Select(cells => cells.Average(cell => Context.TestAccuracy[cell]))];

    [Fact]
    public void Of_true_beliefs_comes_nearly_the_true_front()
    {
        IReadOnlyList<int> ranked = ExpectedFront.Rank(Functions, Truth, Context.LatencyMs, _ => true, 20);

        ranked.Count.ShouldBe(20);
        Context.Metrics.Evaluate(ranked, LabelSources.Test).HypervolumeRatio.ShouldBeGreaterThan(0.99);
    }

    [Fact]
    public void Each_function_is_ranked_once_by_its_fastest_cell()
    {
        IReadOnlyList<int> ranked = ExpectedFront.Rank(Functions, Truth, Context.LatencyMs, _ => true, 300);

        ranked.Select(Context.Space.FunctionId).ShouldBeUnique();
        ranked.ShouldAllBe(cell =>
            Context.LatencyMs[cell] == Functions.Cells[Functions.FunctionOf[cell]].Min(twin => Context.LatencyMs[twin]));
    }

    [Fact]
    public void Latency_counts_where_the_device_cannot_run_every_cell()
    {
        int slowest = Enumerable.Range(0, Context.Space.Size).MaxBy(cell => Context.LatencyMs[cell]);
        double[] latencies = [.. Context.LatencyMs.Select((latency, cell) => cell == slowest ? double.NaN : latency)];

        IReadOnlyList<int> ranked = ExpectedFront.Rank(Functions, Truth, latencies, cell => cell != slowest, 20);

        Context.Metrics.Evaluate(ranked, LabelSources.Test).HypervolumeRatio.ShouldBeGreaterThan(0.99);
    }

    [Fact]
    public void A_cell_that_is_not_allowed_is_not_ranked()
        => ExpectedFront.Rank(Functions, Truth, Context.LatencyMs, cell => Context.LatencyMs[cell] < 3, 20)
            .ShouldAllBe(cell => Context.LatencyMs[cell] < 3);
}
