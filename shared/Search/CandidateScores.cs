using PelNas.Shared.Predictor;

namespace PelNas.Shared.Search;

/// <summary>The prediction for a candidate.</summary>
/// <param name="Accuracy">Predicted accuracy, percent.</param>
/// <param name="Deviation">Standard deviation, percentage points.</param>
public sealed record CandidatePrediction(int Index, double Accuracy, double Deviation)
{
    internal static CandidatePrediction Of(AccuracyPredictor predictor, int index)
        => Of(predictor.Scale, index, predictor.Predict(index));

    internal static CandidatePrediction Of(AccuracyScale scale, int index, (double Mean, double Deviation) prediction)
        => new(index, scale.ToAccuracy(prediction.Mean), AccuracyScale.ToPoints(prediction.Mean, prediction.Deviation));
}

/// <summary>The latency of a candidate.</summary>
/// <param name="LatencyMs">Latency on the search's device, ms.</param>
public sealed record CandidateLatency(int Index, double LatencyMs);
