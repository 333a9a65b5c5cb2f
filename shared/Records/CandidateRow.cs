namespace PelNas.Shared.Records;

/// <summary>
/// An architecture that a search has proposed. Table <c>Candidates</c>, key ({run}:{partition}, index). Steps fill it in one after
/// another and two of them at the same time, so writes merge: a null field leaves the stored value as it is.
/// </summary>
public sealed record CandidateRow
{
    /// <summary>Index of the architecture in its space.</summary>
    public required int Index { get; init; }

    /// <summary>Generation in which it was proposed; 0 is the seed population.</summary>
    public int? Generation { get; init; }

    /// <summary>How it came about: <c>seed</c>, <c>crossover</c>, <c>mutation</c>, <c>operator</c> (filled in without the proposer) or <c>predictor</c>.</summary>
    public string? Origin { get; init; }

    /// <summary>The proposer's reason, cut to 400 characters. Untrusted text.</summary>
    public string? Rationale { get; init; }

    /// <summary>Predicted accuracy, percent, of the kind that labels are.</summary>
    public double? PredictedAccuracy { get; init; }

    /// <summary>Standard deviation of the prediction, percentage points.</summary>
    public double? PredictedDeviation { get; init; }

    /// <summary>Generation that predicted it last; null for predictions of older runs.</summary>
    public int? PredictedGeneration { get; init; }

    /// <summary>Latency on the search's device, ms.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>True accuracy, percent, of the kind that labels are. Set when the label was paid for.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Generation in which the label was paid for.</summary>
    public int? LabelledGeneration { get; init; }

    /// <summary>Whether the prediction is older than one of the given generation.</summary>
    internal bool IsPredictedBefore(int? generation) => PredictedGeneration < generation;

    /// <summary>What comes of a row when another one is written over it.</summary>
    internal static CandidateRow Merge(CandidateRow stored, CandidateRow all)
    {
        CandidateRow written = all.IsPredictedBefore(stored.PredictedGeneration) ? all.WithoutPrediction() : all;
        return new CandidateRow
        {
            Index = stored.Index,
            Generation = written.Generation ?? stored.Generation,
            Origin = written.Origin ?? stored.Origin,
            Rationale = written.Rationale ?? stored.Rationale,
            PredictedAccuracy = written.PredictedAccuracy ?? stored.PredictedAccuracy,
            PredictedDeviation = written.PredictedDeviation ?? stored.PredictedDeviation,
            PredictedGeneration = written.PredictedGeneration ?? stored.PredictedGeneration,
            LatencyMs = written.LatencyMs ?? stored.LatencyMs,
            Accuracy = written.Accuracy ?? stored.Accuracy,
            LabelledGeneration = written.LabelledGeneration ?? stored.LabelledGeneration,
        };
    }

    /// <summary>The same without its prediction.</summary>
    internal CandidateRow WithoutPrediction() => this with { PredictedAccuracy = null, PredictedDeviation = null, PredictedGeneration = null };
}
