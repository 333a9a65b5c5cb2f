namespace PelNas.Shared.Reports;

/// <summary>A point of the two objectives.</summary>
/// <param name="LatencyMs">Latency, ms.</param>
/// <param name="Accuracy">Test accuracy, percent.</param>
public readonly record struct PlotPoint(double LatencyMs, double Accuracy);
