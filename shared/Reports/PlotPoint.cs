using PelNas.Shared.Records;


namespace PelNas.Shared.Reports;

/// <summary>A point of the two objectives.</summary>
/// <param name="LatencyMs">Latency, ms.</param>
/// <param name="Accuracy">Accuracy, percent.</param>
public readonly record struct PlotPoint(double LatencyMs, double Accuracy)
{
    /// <summary>The front of a run that would have paid for every label, fastest first, for drawing.</summary>
    /// <param name="context">The run.</param>
    public static IReadOnlyList<PlotPoint> ExactFrontOf(RunContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string labelsFrom = context.Request.LabelsFrom;
        return
        [
            .. context.Metrics.FrontOfAllLabels(labelsFrom)
                .Select(index => new PlotPoint(context.Benchmark.LatencyMs[index], context.Benchmark.Labels(labelsFrom)[index])),
        ];
    }
}
