using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace PelNas.Shared.Comparison.Statistics;

/// <summary>Mean and spread of a sample.</summary>
/// <param name="Deviation">Standard deviation (n - 1); 0 for one value.</param>
/// <param name="Count">Number of values.</param>
public readonly record struct SampleMoments(double Mean, double Deviation, int Count)
{
    /// <summary>Standard error of the mean.</summary>
    public double StandardError => Deviation / Math.Sqrt(Count);

    /// <summary>Half the width of the 95 % confidence interval of the mean (Student's t); 0 for one value.</summary>
    public double HalfWidth95 => Count > 1 ? StandardError * StudentT.InvCDF(0, 1, Count - 1, 0.975) : 0;

    /// <summary>The moments of a sample with at least one value.</summary>
    public static SampleMoments Of(IReadOnlyCollection<double> values)
        => new(values.Mean(), values.Count > 1 ? values.StandardDeviation() : 0, values.Count);
}
