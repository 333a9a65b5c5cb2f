namespace PelNas.Shared.Tests.Predictor;

public class CrossValidationTests
{
    [Fact]
    public void Errors_are_in_points_of_accuracy()
    {
        CrossValidation result = CrossValidation.Of(AccuracyScale.Fixed, [90, 80, 70], Targets(93, 80, 66));

        result.Labels.ShouldBe(3);
        result.Spearman.ShouldNotBeNull().ShouldBe(1, 1e-12);
        result.Rmse.ShouldBe(Math.Sqrt(25.0 / 3), 1e-9);
    }

    [Fact]
    public void Equal_labels_have_no_ranks() => CrossValidation.Of(AccuracyScale.Fixed, [90, 90], Targets(80, 81)).Spearman.ShouldBeNull();

    [Fact]
    public void It_is_described_in_words()
    {
        new CrossValidation(110, 0.9641, 2.257).Describe()
            .ShouldBe("each of 110 labels predicted from the others: Spearman 0.964, RMSE 2.26 points");
        new CrossValidation(8, null, 0).Describe()
            .ShouldBe("each of 8 labels predicted from the others: Spearman none, all are alike, RMSE 0.00 points");
    }

    private static double[] Targets(params double[] accuracies) => Array.ConvertAll(accuracies, AccuracyScale.Fixed.ToTarget);
}
