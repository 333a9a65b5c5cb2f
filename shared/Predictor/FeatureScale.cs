namespace PelNas.Shared.Predictor;

/// <summary>Gives columns mean 0 and deviation 1 over some rows; those that are constant there are left out.</summary>
internal sealed class FeatureScale
{
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly int[] _kept;

    private FeatureScale(double[] means, double[] deviations)
    {
        _means = means;
        _deviations = deviations;
        _kept = [.. Enumerable.Range(0, means.Length).Where(column => deviations[column] > 1e-9)];
    }

    /// <summary>The scale of some rows.</summary>
    public static FeatureScale Of(double[][] rows)
    {
        int width = rows.Length == 0 ? 0 : rows[0].Length;
        double[] means = [.. Enumerable.Range(0, width).Select(column => rows.Average(row => row[column]))];
        double[] deviations = [.. Enumerable.Range(0, width)
            .Select(column => Math.Sqrt(rows.Average(row => (row[column] - means[column]) * (row[column] - means[column]))))];
        return new FeatureScale(means, deviations);
    }

    /// <summary>Rows on this scale.</summary>
    public double[][] Apply(double[][] rows)
        => Array.ConvertAll(rows, row => Array.ConvertAll(_kept, column => (row[column] - _means[column]) / _deviations[column]));
}
