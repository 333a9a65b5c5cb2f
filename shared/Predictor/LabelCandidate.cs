namespace PelNas.Shared.Predictor;

/// <summary>A candidate whose label may be paid for.</summary>
/// <param name="Index">Architecture.</param>
/// <param name="LatencyMs">Latency, ms.</param>
public readonly record struct LabelCandidate(int Index, int Partition, double LatencyMs);
