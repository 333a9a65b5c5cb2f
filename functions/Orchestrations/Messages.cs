using PelNas.Functions.Telemetry;

namespace PelNas.Functions.Orchestrations;

/// <summary>Input of <see cref="SearchOrchestrator"/>.</summary>
/// <param name="Position">Where the search goes on in a new history; null at its start.</param>
public sealed record SearchInput(SearchRequest Request, SearchPosition? Position = null);

/// <summary>Where a search stands.</summary>
/// <param name="Partitions">Number of its partitions.</param>
/// <param name="IsOpen">Whether its space is open, so that its pool grows; null before that was asked, and in NAS-Bench-201.</param>
public sealed record SearchPosition(int Partitions, SearchTotals Totals, bool? IsOpen = null);

/// <summary>Input of <see cref="PartitionOrchestrator"/>.</summary>
/// <param name="RunId">Run; also the instance id of the parent.</param>
/// <param name="Generation">Generation; 0 seeds the partition.</param>
/// <param name="UseHeuristics">Whether the heuristics step runs.</param>
/// <param name="Allowance">What the generation may spend.</param>
public sealed record PartitionInput(string RunId, int Partition, int Generation, bool UseHeuristics, Allowance Allowance);

/// <summary>Input of the steps that ask the proposer.</summary>
/// <param name="Allowance">What both steps of the generation together may spend.</param>
public sealed record AskInput(PartitionStep Step, Allowance Allowance) : IStepInput
{
    StepPlace IStepInput.Place => ((IStepInput)Step).Place;
}

/// <summary>Input of <c>UpdateArchive</c>.</summary>
/// <param name="Predictions">What <c>ScoreZeroCost</c> returned.</param>
/// <param name="Latencies">What <c>ScoreLatency</c> returned.</param>
public sealed record ArchiveInput(
    PartitionStep Step, IReadOnlyList<CandidatePrediction> Predictions, IReadOnlyList<CandidateLatency> Latencies) : IStepInput
{
    StepPlace IStepInput.Place => ((IStepInput)Step).Place;
}

/// <summary>Input of the steps of one partition's generation.</summary>
public sealed record PartitionStep(string RunId, int Partition, int Generation) : IStepInput
{
    StepPlace IStepInput.Place => new(RunId, Partition: Partition, Generation: Generation);
}

/// <summary>Input of the steps of the whole run's generation.</summary>
public sealed record RunStep(string RunId, int Generation) : IStepInput
{
    StepPlace IStepInput.Place => new(RunId, Generation: Generation);
}

/// <summary>Input of <c>ChooseLabels</c>.</summary>
/// <param name="IsLast">Whether to close the generation with the labels that are there.</param>
public sealed record LabelStep(RunStep Step, bool IsLast = false) : IStepInput
{
    StepPlace IStepInput.Place => ((IStepInput)Step).Place;
}

/// <summary>Input of <c>TrainArchitecture</c>.</summary>
public sealed record CellStep(RunStep Step, int Index) : IStepInput
{
    StepPlace IStepInput.Place => ((IStepInput)Step).Place;
}

/// <summary>Input of <c>PlanSearch</c>.</summary>
/// <param name="StartedAt">UTC start.</param>
public sealed record PlanInput(string RunId, SearchRequest Request, DateTimeOffset StartedAt) : IStepInput
{
    StepPlace IStepInput.Place => new(RunId);
}

/// <summary>Input of <c>FinishSearch</c>.</summary>
/// <param name="StopReason">Why the search ended.</param>
/// <param name="FinishedAt">UTC end.</param>
public sealed record FinishInput(string RunId, string StopReason, DateTimeOffset FinishedAt) : IStepInput
{
    StepPlace IStepInput.Place => new(RunId);
}

/// <summary>Custom status of a search: how far it is.</summary>
/// <param name="Generation">Last finished generation.</param>
/// <param name="Generations">Generations requested.</param>
/// <param name="Labels">Labels paid so far.</param>
/// <param name="LlmCalls">Calls to the proposer so far.</param>
/// <param name="Hypervolume">Hypervolume of the front.</param>
public sealed record SearchProgress(
    int Generation, int Generations, int Labels, int MaxLabels, int LlmCalls, double Hypervolume, int Front);

/// <summary>Output of <see cref="SearchOrchestrator"/>.</summary>
/// <param name="StopReason">Why the search ended.</param>
/// <param name="Generations">Finished generations after the seed population.</param>
/// <param name="Hypervolume">Hypervolume of the front, normalised.</param>
public sealed record SearchOutcome(string RunId, string StopReason, int Generations, int Labels, int Front, double Hypervolume);
