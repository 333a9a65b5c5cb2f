namespace PelNas.Shared.Tests.Comparison.Strategies;

public sealed class ScalarizationTests
{
    private readonly Scalarization _scale = new();

    public ScalarizationTests()
    {
        _scale.Observe([10, 4]);
        _scale.Observe([30, 2]);
    }

    [Theory]
    [InlineData(10, 2, 0.3, 0)]
    [InlineData(30, 4, 0.5, 0.55)]
    [InlineData(20, 2, 1, 0.525)]
    [InlineData(20, 3, 0.8, 0.425)]
    public void The_value_is_the_worse_weighted_objective_and_a_little_of_the_sum(
        double latency, double error, double weight, double expected)
        => _scale.Tchebycheff([latency, error], weight).ShouldBe(expected, 1e-12);

    [Fact]
    public void An_objective_without_extent_counts_nothing()
    {
        Scalarization flat = new();
        flat.Observe([5, 1]);
        flat.Observe([5, 3]);
        flat.Tchebycheff([5, 2], 0.9).ShouldBe(0.1 * 0.5 * 1.05, 1e-12);
    }
}
