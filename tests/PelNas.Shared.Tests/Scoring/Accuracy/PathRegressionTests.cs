using MathNet.Numerics.Statistics;
using PelNas.Shared.Benchmarks;
using PelNas.Shared.Scoring.Accuracy;

namespace PelNas.Shared.Tests.Scoring.Accuracy;

public class PathRegressionTests
{
    private static readonly BenchmarkTables Tables = BenchmarkTables.OpenDefault();
    private static readonly FeatureTable Features = new(Tables.Space);

    [Fact]
    public void Too_few_labels_give_no_predictor()
        => PathRegression.Train(Features, Labels("cifar10", PathRegression.MinLabels - 1, seed: 1)).ShouldBeNull();

    [Theory]
    [InlineData("cifar10", 0.92)]
    [InlineData("cifar100", 0.92)]
    [InlineData("imagenet16-120", 0.90)]
    public void A_hundred_labels_rank_the_other_architectures(string dataset, double least)
    {
        IReadOnlyList<double> accuracy = Tables.GetContext(dataset, "fpga").Accuracy;
        PathRegression predictor = PathRegression.Train(Features, Labels(dataset, 100, seed: 1)).ShouldNotBeNull();
        int[] all = [.. Enumerable.Range(0, Tables.Space.Size)];

        Correlation.Spearman(all.Select(index => predictor.Predict(index).Mean), all.Select(index => accuracy[index])).ShouldBeGreaterThan(least);
    }

    [Fact]
    public void The_order_of_the_labels_does_not_matter()
    {
        (int Index, double Accuracy)[] labels = Labels("cifar10", 40, seed: 2);
        PathRegression forward = PathRegression.Train(Features, labels)!;
        PathRegression backward = PathRegression.Train(Features, [.. labels.Reverse()])!;

        backward.Predict(77).ShouldBe(forward.Predict(77));
    }

    [Fact]
    public void Isomorphic_architectures_get_the_same_prediction()
    {
        PathRegression predictor = PathRegression.Train(Features, Labels("cifar10", 40, seed: 3))!;
        foreach (IGrouping<int, int> function in Enumerable.Range(0, Tables.Space.Size).GroupBy(Tables.Space.FunctionId).Where(group => group.Count() > 1).Take(200))
        {
            function.Select(index => predictor.Predict(index).Mean).Distinct().ShouldHaveSingleItem();
        }
    }

    private static (int Index, double Accuracy)[] Labels(string dataset, int count, int seed)
    {
        IReadOnlyList<double> accuracy = Tables.GetContext(dataset, "fpga").Accuracy;
        int[] all = [.. Enumerable.Range(0, Tables.Space.Size)];
        new Random(seed).Shuffle(all);
        return [.. all.Take(count).Select(index => (index, accuracy[index]))];
    }
}
