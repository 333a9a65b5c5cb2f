using PelNas.Shared.Tables;

namespace PelNas.Shared.Reports;

/// <summary>A point of the two objectives.</summary>
/// <param name="LatencyMs">Latency, ms.</param>
/// <param name="Accuracy">Accuracy, percent.</param>
public readonly record struct PlotPoint(double LatencyMs, double Accuracy)
{
    /// <summary>The front of all labels of a context, fastest first, for drawing.</summary>
    /// <param name="labelsFrom">Which accuracies the labels are: one of <see cref="LabelSources"/>.</param>
    /// <param name="metrics">The yardstick of a run with limits; by default that of the context.</param>
    public static IReadOnlyList<PlotPoint> ExactFrontOf(BenchmarkContext context, string labelsFrom, ContextMetrics? metrics = null)
    {
        return
        [
            .. (metrics ?? context.Metrics).FrontOfAllLabels(labelsFrom)
                .Select(index => new PlotPoint(context.LatencyMs[index], context.Labels(labelsFrom)[index])),
        ];
    }
}
