namespace PelNas.Shared.Predictor;

/// <summary>
/// The scale on which accuracies are predicted: -log(ceiling - accuracy), accuracy in percent. The nearer the ceiling is to the best
/// architectures, the more the differences between these count against those of bad ones.
/// </summary>
/// <param name="ceiling">Accuracy that the scale cannot reach, percent.</param>
public sealed class AccuracyScale(double ceiling)
{
    // Nearest to the ceiling that an accuracy is taken for, points: the scale is of the labels it was made from, and one may be new.
    private const double Least = 0.1;

    /// <summary>The same ceiling for every data set, one point above all that is possible.</summary>
    public static AccuracyScale Fixed { get; } = new(101);

    /// <summary>Accuracy that the scale cannot reach, percent.</summary>
    public double Ceiling { get; } = ceiling;

    /// <summary>The scale that hyperparameters choose.</summary>
    /// <param name="parameters">The hyperparameters.</param>
    /// <param name="best">The best label, percent.</param>
    public static AccuracyScale Of(KernelParameters parameters, double best)
        => parameters.Headroom is { } headroom ? new(best + headroom) : Fixed;

    /// <summary>From percent to the target scale.</summary>
    public double ToTarget(double accuracy) => -Math.Log(Math.Max(Ceiling - accuracy, Least));

    /// <summary>From the target scale to percent, kept inside 0..100.</summary>
    public double ToAccuracy(double target) => Math.Clamp(Ceiling - Math.Exp(-target), 0, 100);

    /// <summary>Standard deviation in percentage points of a small deviation on the target scale (delta method).</summary>
    public static double ToPoints(double target, double deviation) => deviation * Math.Exp(-target);

    /// <summary>The inverse of <see cref="ToPoints"/>.</summary>
    public double FromPoints(double accuracy, double points) => points / Math.Max(Ceiling - accuracy, Least);
}
