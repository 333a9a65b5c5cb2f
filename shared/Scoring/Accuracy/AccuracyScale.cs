namespace PelNas.Shared.Scoring.Accuracy;

/// <summary>The scale on which accuracies are predicted: -log(101 - accuracy), accuracy in percent.</summary>
public static class AccuracyScale
{
    /// <summary>From percent to the target scale.</summary>
    public static double ToTarget(double accuracy) => -Math.Log(101 - accuracy);

    /// <summary>From the target scale to percent, kept inside 0..100.</summary>
    public static double ToAccuracy(double target) => Math.Clamp(101 - Math.Exp(-target), 0, 100);

    /// <summary>Standard deviation in percentage points of a small deviation on the target scale (delta method).</summary>
    public static double ToPoints(double target, double deviation) => deviation * Math.Exp(-target);

    /// <summary>The inverse of <see cref="ToPoints"/>.</summary>
    public static double FromPoints(double accuracy, double points) => points / (101 - accuracy);
}
