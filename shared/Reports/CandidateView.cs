using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Reports;

/// <summary>An architecture that a search has proposed, as it stood after a generation.</summary>
/// <param name="Index">Index of the architecture in its space.</param>
/// <param name="Generation">Generation that proposed it; 0 is the seed population.</param>
/// <param name="Rationale">The proposer's reason, or null. Untrusted text.</param>
/// <param name="PredictedAccuracy">Predicted accuracy of the kind that labels are, percent; null where there was no predictor.</param>
/// <param name="PredictedDeviation">Standard deviation of the prediction, percentage points.</param>
/// <param name="LatencyMs">Latency on the search's device, ms.</param>
/// <param name="Accuracy">True accuracy, percent, validation or test as the request says; null without a label.</param>
/// <param name="LabelledGeneration">Generation that paid for the label, or null.</param>
public sealed record CandidateView(
    int Index,
    string Architecture,
    int Partition,
    int Generation,
    string? Origin,
    string? Rationale,
    double? PredictedAccuracy,
    double? PredictedDeviation,
    double? LatencyMs,
    double? Accuracy,
    int? LabelledGeneration)
{
    /// <summary>Shows a row.</summary>
    public static CandidateView Of(CandidateRow row, int partition, ISearchSpace space)
        => new CandidateView(
            row.Index,
            space.Format(row.Index),
            partition,
            row.Generation ?? 0,
            row.Origin,
            row.Rationale,
            row.PredictedAccuracy,
            row.PredictedDeviation,
            row.LatencyMs,
            row.Accuracy,
            row.LabelledGeneration);
}
