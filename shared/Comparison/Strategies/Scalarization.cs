namespace PelNas.Shared.Comparison.Strategies;

/// <summary>Turns objectives into one number, scaled by the least and greatest values observed so far.</summary>
internal sealed class Scalarization
{
    // Knowles 2006: a little of the weighted sum, so that of two points equal in the worse objective the better one wins.
    private const double Augmentation = 0.05;

    private readonly double[] _least = [double.PositiveInfinity, double.PositiveInfinity];
    private readonly double[] _greatest = [double.NegativeInfinity, double.NegativeInfinity];

    /// <summary>Widens the scale to hold a point.</summary>
    public void Observe(double[] objectives)
    {
        for (int k = 0; k < 2; k++)
        {
            _least[k] = Math.Min(_least[k], objectives[k]);
            _greatest[k] = Math.Max(_greatest[k], objectives[k]);
        }
    }

    /// <summary>
    /// Augmented Tchebycheff value with weights (weight, 1 - weight) and the best observed values as ideal point; less is better.
    /// </summary>
    public double Tchebycheff(double[] objectives, double weight)
    {
        double first = weight * Scaled(objectives, 0);
        double second = (1 - weight) * Scaled(objectives, 1);
        return Math.Max(first, second) + (Augmentation * (first + second));
    }

    private double Scaled(double[] objectives, int k)
        => _greatest[k] > _least[k] ? (objectives[k] - _least[k]) / (_greatest[k] - _least[k]) : 0;
}
