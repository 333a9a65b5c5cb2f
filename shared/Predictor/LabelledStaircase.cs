using PelNas.Shared.Tables;

namespace PelNas.Shared.Predictor;

/// <summary>The best labelled accuracy within each latency, on the <see cref="AccuracyScale"/>.</summary>
public sealed class LabelledStaircase
{
    private readonly AccuracyScale _scale;
    private readonly double[] _latencies;
    private readonly double[] _levels;
    private readonly (double Min, double Max) _range;
    private readonly double _live;

    /// <summary>Builds the staircase.</summary>
    /// <param name="labelled">Latency (ms) and accuracy (percent) of the labels paid so far.</param>
    /// <param name="latencyRange">Least and greatest latency of the space, ms.</param>
    /// <param name="scale">The scale of the predictions that are compared with the labels.</param>
    public LabelledStaircase(
        IEnumerable<(double LatencyMs, double Accuracy)> labelled, (double Min, double Max) latencyRange, AccuracyScale scale)
    {
        _scale = scale;
        (double LatencyMs, double Accuracy)[] points = [.. labelled.OrderBy(point => point.LatencyMs)
            .ThenByDescending(point => point.Accuracy)];
        _latencies = new double[points.Length];
        _levels = new double[points.Length];
        _range = latencyRange;
        for (int i = 0; i < points.Length; i++)
        {
            double target = scale.ToTarget(points[i].Accuracy);
            _latencies[i] = points[i].LatencyMs;
            _levels[i] = i == 0 ? target : Math.Max(target, _levels[i - 1]);
        }

        _live = points.Length == 0 ? 0 : points.Max(point => point.Accuracy) - ContextMetrics.LivePoints;
    }

    /// <summary>The best labelled value within a latency; negative infinity when nothing labelled is as fast.</summary>
    public double Level(double latencyMs)
    {
        int after = After(latencyMs);
        return after == 0 ? double.NegativeInfinity : _levels[after - 1];
    }

    /// <summary>
    /// How surely a prediction tops what is labelled within its latency: the margin over the level in standard deviations.
    /// </summary>
    public double Promise(double latencyMs, double mean, double deviation) => (mean - Level(latencyMs)) / deviation;

    /// <summary>
    /// Area that a value gains over the staircase from its latency up to another. Half of it counts on the whole range of accuracy,
    /// half within ten points below the best label, where differences between good architectures still show.
    /// </summary>
    /// <param name="fromMs">Latency of the value, ms.</param>
    /// <param name="toMs">Latency at which something better takes over, ms.</param>
    /// <param name="target">The value on the target scale.</param>
    public double Gain(double fromMs, double toMs, double target)
    {
        double accuracy = _scale.ToAccuracy(target);
        double gain = 0;
        int after = After(fromMs);
        for (double at = fromMs; at < toMs; after++)
        {
            double end = after < _latencies.Length ? Math.Min(_latencies[after], toMs) : toMs;
            double level = after == 0 ? 0 : _scale.ToAccuracy(_levels[after - 1]);
            double whole = Math.Max(0, accuracy - level) / 100;
            double live = Math.Max(0, accuracy - Math.Max(level, _live)) / ContextMetrics.LivePoints;
            gain += (end - at) * (whole + live) / 2;
            at = end;
        }

        return _range.Max > _range.Min ? gain / (_range.Max - _range.Min) : 0;
    }

    /// <summary>Number of labels at or below a latency.</summary>
    private int After(double latencyMs)
    {
        int low = 0;
        for (int high = _latencies.Length; low < high;)
        {
            int middle = (low + high) / 2;
            (low, high) = _latencies[middle] <= latencyMs ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
