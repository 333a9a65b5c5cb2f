using PelNas.Shared.Scoring.Accuracy;

namespace PelNas.Shared.Scoring.ZeroCost;

/// <summary>
/// Zero-cost proxies as features, standardised over the labelled architectures. A proxy that has no score for an architecture finds no
/// signal in it, and is taken to be as low as the lowest of the labelled.
/// </summary>
public sealed class ProxyFeatures : IFeatures
{
    private readonly IReadOnlyDictionary<int, double?[]> _scores;
    private readonly (double Least, double Mean, double Deviation)[] _columns;

    /// <summary>Features of the architectures in a set of scores.</summary>
    /// <param name="scores">Scores by architecture.</param>
    /// <param name="labelled">The architectures to standardise over, all of which have a row of scores.</param>
    public ProxyFeatures(IReadOnlyDictionary<int, double?[]> scores, IReadOnlyCollection<int> labelled)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(labelled);
        _scores = scores;
        int width = labelled.Count > 0 ? scores[labelled.First()].Length : 0;
        _columns = [.. Enumerable.Range(0, width).Select(column => Describe([.. labelled.Order().Select(index => scores[index][column])]))];
    }

    /// <inheritdoc/>
    public double[] this[int index]
    {
        get
        {
            double?[] row = _scores[index];
            return [.. _columns.Select((column, i) => ((row[i] ?? column.Least) - column.Mean) / column.Deviation)];
        }
    }

    private static (double Least, double Mean, double Deviation) Describe(double?[] column)
    {
        double least = column.Min() ?? 0;
        double[] values = [.. column.Select(value => value ?? least)];
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
        return (least, mean, deviation > 1e-9 ? deviation : 1);
    }
}
