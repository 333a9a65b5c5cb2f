using System.Text.Json;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Records;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Reports;

/// <summary>
/// The result of a search, as in <c>result.json</c>. The names and the order of the properties are a contract with other programs.
/// </summary>
public sealed record SearchResult
{
    /// <summary>Id of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Data set whose accuracies counted.</summary>
    public required string Dataset { get; init; }

    /// <summary>Device whose latency counted.</summary>
    public required string Device { get; init; }

    /// <summary>Which accuracies the labels are, by which the front is chosen: <c>validation</c> or <c>test</c>.</summary>
    public required string LabelsFrom { get; init; }

    /// <summary>Who brought the labels: <c>table</c>, <c>you</c> or <c>training</c>.</summary>
    public string LabelsBy { get; init; } = LabelProviders.Table;

    /// <summary>Whether the search saw test accuracies, on which <see cref="Metrics"/> judge its front.</summary>
    public bool SawTestAccuracy => LabelsFrom == LabelSources.Test;

    /// <summary>Seed of every random choice.</summary>
    public required int Seed { get; init; }

    /// <summary>Who proposed the architectures; <see cref="ChatProviders.Offline"/> is a rule-based stand-in.</summary>
    public required string Proposer { get; init; }

    /// <summary>
    /// That a third or more of the proposer's answers, of the run or of a generation, could not be used, with the reasons and a sample;
    /// null when it is not so. Untrusted text.
    /// </summary>
    public string? ProposerWarning { get; init; }

    /// <summary>How many answers the proposer gave, and which of them could not be used.</summary>
    public AnswerTally ProposerAnswers { get; init; } = AnswerTally.None;

    /// <summary>What predicted accuracies before a label was paid for.</summary>
    public required string Predictor { get; init; }

    /// <summary>The search strategy.</summary>
    public required string Strategy { get; init; }

    /// <summary>How the space was cut.</summary>
    public required string PartitionScheme { get; init; }

    /// <summary>The user's limits on every architecture, or null without any.</summary>
    public SearchLimits? Limits { get; init; }

    /// <summary>UTC start.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>UTC end; null while the search runs.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why the search ended; null while it runs.</summary>
    public required string? StopReason { get; init; }

    /// <summary>The front, fastest first.</summary>
    public required IReadOnlyList<FrontPoint> Front { get; init; }

    /// <summary>
    /// That some latencies of the device are far outside the rest, and how far <see cref="Metrics"/> count; null when none is.
    /// </summary>
    public string? LatencyWarning { get; init; }

    /// <summary>Latency up to which <see cref="Metrics"/> count, ms, where some are far outside the rest; null when none is.</summary>
    public double? LatencyBoundMs { get; init; }

    /// <summary>Why the hypervolume is 0; null when it is not, or not known.</summary>
    public string? HypervolumeNote => Metrics is not { Hypervolume: 0 } ? null
        : Front.Count == 0 ? "no label was paid for"
        : Front.All(point => !point.HasPath) ? "no labelled cell has a path from its input to its output"
        : "every labelled cell is as slow or as inaccurate as any";

    /// <summary>
    /// How good the front is on test accuracy, by the exact front within <see cref="Limits"/>; null where that is not known.
    /// </summary>
    public required FrontQuality? Metrics { get; init; }

    /// <summary>The hypervolume of the front against a stated reference, where the exact front is not known; else null.</summary>
    public ReferenceHypervolume? ReferenceHypervolume { get; init; }

    /// <summary>
    /// What <see cref="Metrics"/> would be had every label been paid for: the exact front of the validation accuracies, judged on test
    /// accuracy. Null for labels that are test accuracies, and where it is not known.
    /// </summary>
    public required FrontQuality? Ceiling { get; init; }

    /// <summary>What the search was allowed to use.</summary>
    public required SearchBudgets Budgets { get; init; }

    /// <summary>What the search used.</summary>
    public required SearchCounts Counts { get; init; }

    /// <summary>Every label that was paid for, by generation, then partition and index.</summary>
    public required IReadOnlyList<PaidLabel> Labels { get; init; }

    /// <summary>The labels by who brought the architecture.</summary>
    public required OriginCounts LabelsByOrigin { get; init; }

    /// <summary>The points of the front likewise.</summary>
    public OriginCounts FrontByOrigin { get; init; } = new(0, 0, 0, 0, 0);

    /// <summary>What the search was given to believe before its first label, and what came of it; null when it was given nothing.</summary>
    public PriorSummary? Prior { get; init; }

    /// <summary>What became of the design rules as they were rewritten.</summary>
    public required HeuristicChanges HeuristicChanges { get; init; }

    /// <summary>What the search would have come to without its proposer; null unless it was requested.</summary>
    public Counterfactual? Counterfactual { get; init; }

    /// <summary>The course of the search, from the seed population on.</summary>
    public required IReadOnlyList<GenerationSummary> Generations { get; init; }

    /// <summary>The partitions, by id.</summary>
    public required IReadOnlyList<PartitionSummary> Partitions { get; init; }

    /// <summary>
    /// The generation of the last predictor that was trained, whose labels were those paid for before it; null when there was none.
    /// </summary>
    public GenerationSummary? LastValidated() => Generations.LastOrDefault(generation => generation.CrossValidation is not null);

    /// <summary>The JSON of <c>result.json</c>: indented, with a line break at the end.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PelNasJson.Indented) + "\n";
}

/// <summary>The budgets of a request.</summary>
/// <param name="Generations">Generations after the seed population.</param>
/// <param name="ProposalsPerPartition">Architectures requested per partition and generation.</param>
/// <param name="MaxLlmCalls">Calls to the proposer, or null for no limit.</param>
/// <param name="MaxUsd">US dollars, or null for no limit.</param>
public sealed record SearchBudgets(int Generations, int MaxLabels, int ProposalsPerPartition, int? MaxLlmCalls, double? MaxUsd)
{
    /// <summary>The budgets of a request.</summary>
    public static SearchBudgets Of(SearchRequest request)
        => new SearchBudgets(request.Generations, request.MaxLabels, request.ProposalsPerPartition, request.MaxLlmCalls, request.MaxUsd);
}

/// <summary>A label that was paid for.</summary>
/// <param name="Accuracy">What the label showed, percent.</param>
/// <param name="PredictedAccuracy">The prediction that it was bought on, percent; null where there was no predictor.</param>
/// <param name="LatencyMs">Latency on the device, ms.</param>
/// <param name="Generation">Generation that paid for it.</param>
/// <param name="Origin">Who brought the architecture.</param>
/// <param name="Partition">Partition of the architecture.</param>
public sealed record PaidLabel(
    int Index, double Accuracy, double? PredictedAccuracy, double? LatencyMs, int Generation, string Origin, int Partition);

/// <summary>
/// The same search without its proposer: no prior, no heuristics, and plain operators instead of proposals, with the same seed and number
/// of labels. Its labels come from the table and cost nothing.
/// </summary>
/// <param name="Labels">Labels that it had.</param>
/// <param name="PaidAlready">Labels among them that the search had paid for too.</param>
/// <param name="Metrics">How good its front is, measured as that of the search.</param>
public sealed record Counterfactual(int Labels, int PaidAlready, FrontQuality Metrics);

/// <summary>One partition at the end of a search.</summary>
/// <param name="Id">Number of the partition.</param>
/// <param name="Rule">The rule its members keep.</param>
/// <param name="Size">Architectures that keep the rule.</param>
/// <param name="Evaluated">Labels paid for in it.</param>
/// <param name="Archive">Size of its archive.</param>
/// <param name="Heuristics">
/// The last heuristics, most trusted first: <c>positive: ...</c> or <c>negative: ...</c>, and then the rule. Untrusted text.
/// </param>
public sealed record PartitionSummary(int Id, string Rule, int Size, int Evaluated, int Archive, IReadOnlyList<string> Heuristics);
