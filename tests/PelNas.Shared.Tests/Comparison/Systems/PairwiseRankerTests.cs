namespace PelNas.Shared.Tests.Comparison.Systems;

public sealed class PairwiseRankerTests
{
    private static readonly double[][] Features = [[0, 1], [1, 0.5], [2, -1], [-1, 0.2], [0.4, 2], [1.5, 1.5]];
    private static readonly double[] Errors = [5, 6, 3, 8, 7.5, 4];

    [Fact]
    public void The_weights_are_where_the_loss_of_all_pairs_is_least()
    {
        Vector<double> weights = PairwiseRanker.Fit(Features, Errors);
        double least = Loss(weights);
        foreach (double[] step in (double[][])[[1e-3, 0], [-1e-3, 0], [0, 1e-3], [0, -1e-3]])
        {
            Loss(weights + Vector<double>.Build.DenseOfArray(step)).ShouldBeGreaterThan(least);
        }
    }

    [Fact]
    public void A_gap_that_luck_decides_teaches_nothing()
    {
        double[] close = [.. Errors.Select((_, place) => 5 + (0.03 * place))];
        PairwiseRanker.Fit(Features, close).L2Norm().ShouldBe(0);
    }

    /// <summary>Mean loss written out pair by pair.</summary>
    private static double Loss(Vector<double> weights)
    {
        double loss = 0.5 * weights.DotProduct(weights);
        for (int a = 0; a < Errors.Length; a++)
        {
            for (int b = 0; b < Errors.Length; b++)
            {
                if (Errors[b] - Errors[a] >= PairwiseRanker.LeastGap)
                {
                    double lead = (weights[0] * (Features[a][0] - Features[b][0])) + (weights[1] * (Features[a][1] - Features[b][1]));
                    loss += Math.Log(1 + Math.Exp(-lead));
                }
            }
        }

        return loss;
    }
}
