namespace PelNas.Shared.Records;

/// <summary>
/// An architecture that a search has proposed, with what its steps found out about it one after another. Each writes what it knows into a
/// row of its own (<see cref="ProposalsRow"/>, <see cref="ScoresRow"/>, <see cref="LabelsRow"/>), and leaves null what it does not.
/// </summary>
public sealed record CandidateRow
{
    /// <summary>Index of the architecture in its space.</summary>
    public required int Index { get; init; }

    /// <summary>Generation in which it was proposed; 0 is the seed population.</summary>
    public int? Generation { get; init; }

    /// <summary>
    /// How it came about: <c>seed</c>, <c>crossover</c>, <c>mutation</c>, <c>operator</c> (filled in without the proposer) or
    /// <c>predictor</c>.
    /// </summary>
    public string? Origin { get; init; }

    /// <summary>The proposer's reason, cut to 400 characters. Untrusted text.</summary>
    public string? Rationale { get; init; }

    /// <summary>
    /// Predicted accuracy, percent, of the kind that labels are: of a labelled candidate when its label was bought, of another one when it
    /// was proposed. Null where there was no predictor.
    /// </summary>
    public double? PredictedAccuracy { get; init; }

    /// <summary>Standard deviation of the prediction, percentage points.</summary>
    public double? PredictedDeviation { get; init; }

    /// <summary>Latency on the search's device, ms.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>True accuracy, percent, of the kind that labels are. Set when the label was paid for.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Generation in which the label was paid for. With no accuracy beside it, training failed.</summary>
    public int? LabelledGeneration { get; init; }

    /// <summary>The row with what another one says beside it.</summary>
    internal CandidateRow With(CandidateRow later) => this with
    {
        PredictedAccuracy = later.PredictedAccuracy ?? PredictedAccuracy,
        PredictedDeviation = later.PredictedDeviation ?? PredictedDeviation,
        LatencyMs = later.LatencyMs ?? LatencyMs,
        Accuracy = later.Accuracy ?? Accuracy,
        LabelledGeneration = later.LabelledGeneration ?? LabelledGeneration,
    };
}
