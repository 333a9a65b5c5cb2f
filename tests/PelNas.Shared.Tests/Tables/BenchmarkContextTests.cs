namespace PelNas.Shared.Tests.Tables;

public sealed class BenchmarkContextTests
{
    private static readonly ImmutableArray<double> Full = [.. Enumerable.Repeat(50.0, 15_625)];

    [Fact]
    public void A_users_own_latencies_make_a_context()
    {
        BenchmarkContext context = Context(Full, Full, Full.SetItem(3, 1));
        context.Name.ShouldBe("cifar10:my-board");
        context.LatencyMs[3].ShouldBe(1);
        context.Metrics.ShouldBeSameAs(context.Metrics);
        context.Metrics.ExactFront.ShouldBe([3]);
    }

    [Fact]
    public void A_table_of_another_length_is_refused()
    {
        ArgumentException exception =
            Should.Throw<ArgumentException>(() => Context(Full, Full, [1, 2]));
        exception.ParamName.ShouldBe("latencyMs");
        exception.Message.ShouldContain("nas-bench-201 has 15625 architectures, the table has 2 values");
        Should.Throw<ArgumentException>(() =>
            Context(Full, default, Full)).ParamName.ShouldBe("testAccuracy");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_accuracy_that_is_missing_is_refused_with_its_architecture(double value)
    {
        Should.Throw<ArgumentException>(
            () => Context(Full.SetItem(77, value), Full, Full))
            .Message.ShouldContain("Architecture 77 has no finite value");
        Should.Throw<ArgumentException>(
            () => Context(Full, Full.SetItem(77, value), Full))
            .ParamName.ShouldBe("testAccuracy");
    }

    [Fact]
    public void An_endless_latency_and_a_device_that_can_run_nothing_are_refused()
    {
        Should.Throw<ArgumentException>(
            () => Context(Full, Full, Full.SetItem(7, double.PositiveInfinity)))
            .Message.ShouldContain("Architecture 7 has no finite value");
        Should.Throw<ArgumentException>(
            () => Context(Full, Full, [.. Full.Select(_ => double.NaN)]))
            .Message.ShouldContain("my-board can run no architecture");
    }

    [Fact]
    public void Labels_are_of_the_kind_that_is_asked_for()
    {
        BenchmarkContext context = Context(Full.SetItem(5, 61), Full.SetItem(5, 62), Full);
        context.Labels(LabelSources.Validation)[5].ShouldBe(61);
        context.Labels(LabelSources.Test)[5].ShouldBe(62);
    }

    private static BenchmarkContext Context(
        ImmutableArray<double> validation, ImmutableArray<double> test, ImmutableArray<double> latencyMs)
        => new("cifar10", DatasetShape.Of("cifar10"), "my-board", NasBench201.Instance, latencyMs, (validation, test));
}
