using System.Text.Json.Serialization;
using PelNas.Shared.Predictor;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Records;

/// <summary>
/// What a user asks a search to do. All names are of small letters, and however they are written they are taken so. The input of
/// <c>SearchOrchestrator</c>, of <c>POST /searches</c> and of <c>pelnas search</c>.
/// </summary>
public sealed record SearchRequest
{
    /// <summary>The search space; null for NAS-Bench-201.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Space { get; init => field = value?.ToLowerInvariant(); }

    /// <summary>
    /// Data set whose accuracies count: <c>cifar10</c>, <c>cifar100</c> or <c>imagenet16-120</c>, or with labels that are not the table's
    /// any name.
    /// </summary>
    public string Dataset { get; init => field = value.ToLowerInvariant(); } = "";

    /// <summary>Device whose latency counts, for example <c>fpga</c>, or one of <see cref="CountedDevices"/>.</summary>
    public string Device { get; init => field = value.ToLowerInvariant(); } = "";

    /// <summary>Seed of every random choice. The same seed and proposer give the same result.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Generations after the seed population (the paper uses ten).</summary>
    public int Generations { get; init; } = 10;

    /// <summary>How the space is cut: <c>conv3x3</c> (the paper's six), <c>latency-quantile</c>, <c>complexity-quantile</c> or <c>none</c>.
    /// In a space other than NAS-Bench-201 the first stands for the third.</summary>
    public string PartitionScheme { get; init => field = value.ToLowerInvariant(); } = "conv3x3";

    /// <summary>Number of partitions.</summary>
    public int Partitions { get; init; } = 6;

    /// <summary>Labels (true accuracies looked up) the search may pay for.</summary>
    public int MaxLabels { get; init; } = 120;

    /// <summary>
    /// Which accuracies labels are: <c>validation</c>, or <c>test</c> to compare with results that others published. The front is chosen
    /// by the labels and judged on test accuracy.
    /// </summary>
    public string LabelsFrom { get; init => field = value.ToLowerInvariant(); } = LabelSources.Validation;

    /// <summary>Where labels come from; null for the benchmark's table.</summary>
    public LabelRequest? Labels { get; init; }

    /// <summary>Architectures the proposer is asked for per partition and generation.</summary>
    public int ProposalsPerPartition { get; init; } = 24;

    /// <summary>Most calls to the proposer, or null for no limit. A search that reaches it stops after the generation in hand.</summary>
    public int? MaxLlmCalls { get; init; }

    /// <summary>Most US dollars for the proposer, or null for no limit.</summary>
    public double? MaxUsd { get; init; }

    /// <summary>Constraint on every candidate: latency on the device, ms.</summary>
    public double? MaxLatencyMs { get; init; }

    /// <summary>Constraint on every candidate: trainable parameters, millions.</summary>
    public double? MaxParamsM { get; init; }

    /// <summary>Only architectures up to this energy for one image, mJ, on a device with a table of it; null for no limit.</summary>
    public double? MaxEnergyMj { get; init; }

    /// <summary>What the accuracy predictor sees of a cell: <c>both</c>, or to leave one out <c>paths</c> or <c>proxies</c>.</summary>
    public string Predictor { get; init => field = value.ToLowerInvariant(); } = PredictorInputs.Both;

    /// <summary>
    /// Where the zero-cost scores of candidates come from: <c>table</c> (the one that ships, for all data sets), or <c>compute</c> for
    /// networks of the search's own data set, which see its images where it trains on some. Null for <c>compute</c> where it trains, and
    /// else <c>table</c>.
    /// </summary>
    public string? ProxyScores { get; init => field = value?.ToLowerInvariant(); }

    /// <summary>
    /// What is believed before the first label: <c>none</c>, <c>llm</c> (the proposer is asked), <c>transfer</c> (labels of earlier
    /// searches on other data sets), or the path of a file. Null for <c>llm</c> where a language model proposes, and else <c>none</c>.
    /// </summary>
    public string? Prior { get; init => field = PriorSources.Normalize(value); }

    /// <summary>
    /// Whether the fastest architecture of all may be labelled though no path joins its input and output. It is on the exact front of some
    /// devices; its network guesses.
    /// </summary>
    public bool LabelPathless { get; init; }

    /// <summary>
    /// Whether the search asks for the latencies of its front that are only predicted before it ends, and draws the front again with those
    /// that it is told. For a device of which some cells are measured.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool VerifyFront { get; init; }

    /// <summary>Whether the heuristics step runs. Switching it off is the paper's ablation.</summary>
    public bool UseHeuristics { get; init; } = true;

    /// <summary>Who brings the labels: one of <see cref="LabelProviders"/>.</summary>
    public string LabelsBy() => Labels?.By ?? LabelProviders.Table;

    /// <summary>Where its zero-cost scores come from: one of <see cref="ProxyScoreSources"/>.</summary>
    public string ScoresFrom() => ProxyScores
        ?? (LabelsBy() == LabelProviders.Training && Predictor != PredictorInputs.Paths
            ? ProxyScoreSources.Compute
            : ProxyScoreSources.Table);

    /// <summary>Whether each label comes with a latency, and nothing is known of latencies before.</summary>
    public bool IsLatencyTold() => Device == CountedDevices.Told;

    /// <summary>Whether the user limits which architectures may be candidates.</summary>
    public bool HasLimits() => MaxLatencyMs is not null || MaxParamsM is not null || MaxEnergyMj is not null;
}
