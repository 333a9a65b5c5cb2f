using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Records;

/// <summary>A Pareto front.</summary>
/// <param name="Version">The generation it was computed after.</param>
/// <param name="Points">Non-dominated labelled architectures, fastest first.</param>
public sealed record Front(int Version, IReadOnlyList<FrontPoint> Points);

/// <summary>An architecture on the front, as in result.json.</summary>
public sealed record FrontPoint
{
    // Null in NAS-Bench-201, where the index says it.
    private readonly bool? _hasPath;

    /// <summary>The <see cref="LatencyFrom"/> of a latency that was measured.</summary>
    public const string Measured = "measured";

    /// <summary>The <see cref="LatencyFrom"/> of a latency that is predicted.</summary>
    public const string Predicted = "predicted";

    /// <summary>Index in the search space.</summary>
    public required int Index { get; init; }

    /// <summary>Architecture string.</summary>
    public required string Architecture { get; init; }

    /// <summary>
    /// Whether a path joins input and output. Without one the network computes a constant, and its accuracy is that of guessing.
    /// </summary>
    public bool HasPath
    {
        get => _hasPath ?? ((uint)Index < (uint)NasBench201.Instance.Size && NasBench201.Instance.IsConnected(Index));
        init => _hasPath = value;
    }

    /// <summary>
    /// What the label showed, percent: the validation or the test accuracy, as <see cref="SearchRequest.LabelsFrom"/> says.
    /// </summary>
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

    /// <summary>
    /// Whether the latency was <c>measured</c> or is <c>predicted</c> from measurements of other cells; null where a table has it.
    /// </summary>
    public string? LatencyFrom { get; init; }

    /// <summary>Low end of the interval that nine of ten such latencies lie in, ms; null where a table has the latency.</summary>
    public double? LatencyLowMs { get; init; }

    /// <summary>High end of that interval, ms.</summary>
    public double? LatencyHighMs { get; init; }

    /// <summary>Energy for one image on the device, mJ; null where there is no table of it.</summary>
    public double? EnergyMj { get; init; }

    /// <summary>Trainable parameters, millions.</summary>
    public required double? ParamsM { get; init; }

    /// <summary>Multiply-accumulates for one image, millions.</summary>
    public required double? FlopsM { get; init; }

    /// <summary>Partition it belongs to.</summary>
    public required int Partition { get; init; }

    /// <summary>Generation that proposed it.</summary>
    public required int Generation { get; init; }
}

/// <summary>The front of a run after a generation, in numbers.</summary>
/// <param name="Labels">Labels paid so far.</param>
/// <param name="Hypervolume">Hypervolume of the front, normalised as the metrics are.</param>
/// <param name="Unlabelled">Candidates with a live path that have no label yet.</param>
public sealed record GenerationFront(int Generation, int Labels, int Points, double Hypervolume, int Unlabelled);
