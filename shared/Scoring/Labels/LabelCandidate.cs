namespace PelNas.Shared.Scoring.Labels;

/// <summary>A candidate whose label may be paid for.</summary>
/// <param name="Index">Architecture.</param>
/// <param name="Partition">Partition.</param>
/// <param name="FunctionId">Function it computes; only one candidate of a function is worth a label.</param>
/// <param name="LatencyMs">Latency, ms.</param>
/// <param name="Mean">Predicted accuracy on the scale of <see cref="Accuracy.AccuracyScale"/>; 0 while there is no prediction.</param>
/// <param name="Deviation">Its standard deviation.</param>
public readonly record struct LabelCandidate(int Index, int Partition, int FunctionId, double LatencyMs, double Mean, double Deviation);
