using MathNet.Numerics.Statistics;

namespace PelNas.Shared.Predictor;

/// <summary>
/// How well a predictor predicts each of its own labels from the others: what a search can know of its predictor without paying for
/// more labels. Hyperparameters stay those that all labels gave, so it is slightly kind.
/// </summary>
/// <param name="Labels">Labels of cells with a live path, which the predictor was trained on.</param>
/// <param name="Spearman">Rank correlation of the left-out accuracies with their predictions; null where all of either are equal.</param>
/// <param name="Rmse">Root mean square of what they differ by, percentage points.</param>
public sealed record CrossValidation(int Labels, double? Spearman, double Rmse)
{
    /// <summary>The figures in words.</summary>
    public string Describe() =>
        $"each of {Labels} labels predicted from the others: Spearman "
            + $"{Spearman?.ToString("0.000", CultureInfo.InvariantCulture) ?? "none, all are alike"}, RMSE {Rmse:0.00} points";

    /// <summary>Compares labels with their predictions, both on a scale.</summary>
    internal static CrossValidation Of(AccuracyScale scale, IReadOnlyList<double> accuracies, IReadOnlyList<double> predictions)
    {
        double spearman = Correlation.Spearman(accuracies, predictions);
        double squares = accuracies.Zip(predictions, (accuracy, prediction) => scale.ToAccuracy(prediction) - accuracy)
            .Sum(error => error * error);
        return new CrossValidation(accuracies.Count, double.IsFinite(spearman) ? spearman : null, Math.Sqrt(squares / accuracies.Count));
    }
}
