using System.Text.Json.Serialization;
using PelNas.Shared.Predictor;
using PelNas.Shared.Records;

namespace PelNas.Shared.Reports;

/// <summary>One generation of a search.</summary>
/// <param name="Generation">Number of the generation; 0 is the seed population.</param>
/// <param name="Evaluated">Labels paid for in this generation.</param>
/// <param name="Hypervolume">Normalised hypervolume after it; null where it is not known.</param>
/// <param name="PerPartition">The partitions that took part, by id.</param>
/// <param name="Predictor">What predicted accuracies in it, or that there were too few labels; null where it is not known.</param>
/// <param name="CrossValidation">How well that predictor predicted each of its labels from the others.</param>
/// <param name="Answers">What came of its calls to the proposer.</param>
/// <param name="Igd">IGD of what was labelled up to it, judged as the whole search is; null where the exact front is not known.</param>
/// <param name="FrontHitRate">Share of the exact front's points among what was labelled up to it; null likewise.</param>
/// <param name="ExpectedGain">
/// What the predictor expects labels of all else that the search looks at to add to the hypervolume; null where the exact front is known.
/// </param>
public sealed record GenerationSummary(
    int Generation,
    int Evaluated,
    double? Hypervolume,
    IReadOnlyList<PartitionGeneration> PerPartition,
    string? Predictor = null,
    CrossValidation? CrossValidation = null,
    AnswerTally? Answers = null,
    double? Igd = null,
    double? FrontHitRate = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? ExpectedGain = null);

/// <summary>One partition in one generation.</summary>
/// <param name="Archive">Size of its archive after the generation.</param>
/// <param name="Invalid">Proposals refused in it for another reason than being known.</param>
public sealed record PartitionGeneration(int Partition, int Archive, int Invalid);
