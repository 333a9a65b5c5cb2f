namespace PelNas.Shared.Records;

/// <summary>A Pareto front.</summary>
/// <param name="Version">The generation it was computed after.</param>
/// <param name="Points">Non-dominated labelled architectures, fastest first.</param>
public sealed record Front(int Version, IReadOnlyList<FrontPoint> Points);

/// <summary>An architecture on the front, as in result.json.</summary>
public sealed record FrontPoint
{
    /// <summary>Index in the search space.</summary>
    public required int Index { get; init; }

    /// <summary>Architecture string.</summary>
    public required string Architecture { get; init; }

    /// <summary>Whether a path joins input and output. Without one the network computes a constant, and its accuracy is that of guessing.</summary>
    public bool HasPath { get; init; } = true;

    /// <summary>What the label showed, percent: the validation or the test accuracy, as <see cref="SearchRequest.LabelsFrom"/> says.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Validation accuracy, percent; null where it is not known.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>
    /// Test accuracy, percent, which the front is judged on; null where it is not known. No step of a search sees it unless the labels
    /// are test accuracies.
    /// </summary>
    public double? TestAccuracy { get; init; }

    /// <summary>The prediction the label was bought on, percent; null in the seed population.</summary>
    public double? PredictedAccuracy { get; init; }

    /// <summary>Latency on the device, ms.</summary>
    public required double LatencyMs { get; init; }

    /// <summary>Trainable parameters, millions.</summary>
    public required double? ParamsM { get; init; }

    /// <summary>Multiply-accumulates for one image, millions.</summary>
    public required double? FlopsM { get; init; }

    /// <summary>Partition it belongs to.</summary>
    public required int Partition { get; init; }

    /// <summary>Generation that proposed it.</summary>
    public required int Generation { get; init; }
}
