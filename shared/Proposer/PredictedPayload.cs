namespace PelNas.Shared.Proposer;

/// <summary>An architecture whose accuracy is only predicted.</summary>
/// <param name="Architecture">Architecture string.</param>
/// <param name="PredictedAccuracy">Predicted accuracy, percent.</param>
/// <param name="Deviation">Standard deviation of the prediction, percentage points.</param>
/// <param name="LatencyMs">Latency on the device, ms.</param>
/// <param name="Origin">How it came about.</param>
/// <param name="Rationale">Why it was proposed, if the proposer said so.</param>
public sealed record PredictedPayload(string Architecture, double PredictedAccuracy, double Deviation, double LatencyMs, string Origin, string? Rationale = null);
