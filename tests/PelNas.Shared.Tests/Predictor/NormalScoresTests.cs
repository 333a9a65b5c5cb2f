namespace PelNas.Shared.Tests.Predictor;

public class NormalScoresTests
{
    [Fact]
    public void They_are_quantiles_of_the_ranks_and_equal_values_share_one()
        => NormalScores.Of([3, 1, 2, 2]).Select(score => Math.Round(score, 3)).ShouldBe([1.049, -1.049, 0, 0]);

    [Property]
    public void Only_the_order_counts(int[] values)
        => NormalScores.Of(Array.ConvertAll(values, value => Math.Atan(value / 1e6)))
            .ShouldBe(NormalScores.Of(Array.ConvertAll(values, value => (double)value)));
}
