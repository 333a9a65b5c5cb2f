namespace PelNas.Shared.Scoring.Accuracy;

/// <summary>
/// The accuracy predictor: a Gaussian process on path features, on zero-cost proxies, or on both, trained on nothing but the labels that a search has paid for.
/// It predicts -log(101 - accuracy), in which the top of the scale, where fronts are decided, is not squeezed together.
/// </summary>
public sealed class PathRegression
{
    /// <summary>Name of the predictor in results.</summary>
    public const string Name = "path-regression";

    /// <summary>Fewest labels to train on. Below it there is no prediction rather than a guess.</summary>
    public const int MinLabels = 8;

    private readonly IFeatures _features;
    private readonly GaussianProcess _process;

    private PathRegression(IFeatures features, GaussianProcess process)
    {
        _features = features;
        _process = process;
    }

    /// <summary>Trains on labels (index, test accuracy in percent), or returns null when there are fewer than <see cref="MinLabels"/>.</summary>
    public static PathRegression? Train(IFeatures features, IReadOnlyList<(int Index, double Accuracy)> labels)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count < MinLabels)
        {
            return null;
        }

        (int Index, double Accuracy)[] sorted = [.. labels.OrderBy(label => label.Index)];
        double[][] inputs = [.. sorted.Select(label => features[label.Index])];
        double[] targets = [.. sorted.Select(label => AccuracyScale.ToTarget(label.Accuracy))];
        return new PathRegression(features, GaussianProcess.Fit(inputs, targets));
    }

    /// <summary>Predicts an architecture's accuracy on the target scale of <see cref="AccuracyScale"/>.</summary>
    public (double Mean, double Deviation) Predict(int index) => _process.Predict(_features[index]);
}
