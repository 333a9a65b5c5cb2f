namespace PelNas.Shared.Tables;

/// <summary>
/// The yardstick of a context of an open space, where no front is exact: the best front that is known. Latency is scaled to 0..1 between
/// the fastest and the slowest architecture, error between the best that is known and the worst of a sample; the live variants look at ten
/// points below the best. What is beyond the best known front counts as on it.
/// </summary>
public sealed class BestKnownFront
{
    private readonly (double Least, double Greatest) _latency;
    private readonly (double Least, double Greatest) _error;
    private readonly (double Least, double Greatest) _liveError;
    private readonly FrontYardstick _whole;
    private readonly FrontYardstick _live;

    /// <summary>Makes the yardstick.</summary>
    /// <param name="front">Latency (ms) and accuracy (percent) of the best known front.</param>
    /// <param name="latencyRangeMs">Least and greatest latency, ms.</param>
    /// <param name="worst">The least accuracy of a sample, percent.</param>
    public BestKnownFront(
        IReadOnlyCollection<(double LatencyMs, double Accuracy)> front, (double Min, double Max) latencyRangeMs, double worst)
    {
        double best = 100 - front.Max(point => point.Accuracy);
        _latency = latencyRangeMs;
        _error = (best, 100 - worst);
        _liveError = (best, best + ContextMetrics.LivePoints);
        _whole = new FrontYardstick(Scale(front, _error));
        _live = new FrontYardstick(Scale(front, _liveError));
    }

    /// <summary>The quality of the front of labelled architectures.</summary>
    /// <param name="labelled">Latency (ms) and accuracy (percent) of each.</param>
    public FrontQuality Evaluate(IEnumerable<(double LatencyMs, double Accuracy)> labelled)
    {
        (double LatencyMs, double Accuracy)[] points = [.. labelled];
        return FrontQuality.Of(_whole.Measure(Scale(points, _error)), _live.Measure(Scale(points, _liveError)), _whole.Size);
    }

    private double[][] Scale(IEnumerable<(double LatencyMs, double Accuracy)> points, (double Least, double Greatest) error) =>
    [
        .. points.Where(point => 100 - point.Accuracy <= error.Greatest)
            .Select(point => new[] { Place(point.LatencyMs, _latency), Place(100 - point.Accuracy, error) }),
    ];

    private static double Place(double value, (double Least, double Greatest) axis)
        => Math.Clamp((value - axis.Least) / (axis.Greatest - axis.Least), 0, 1);
}
