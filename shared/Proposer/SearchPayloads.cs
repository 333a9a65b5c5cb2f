using System.Runtime.CompilerServices;
using PelNas.Shared.Predictor;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Proposer;

/// <summary>What both calls of a generation see of the search beyond their partition.</summary>
/// <param name="Device">What the device charges.</param>
/// <param name="Front">The Pareto front over all partitions, the fastest first.</param>
/// <param name="Elsewhere">The most accurate labelled architecture of each other partition.</param>
/// <param name="LabelsLeft">Labels that the search may still pay for.</param>
/// <param name="LabelNoise">
/// Standard deviation between the accuracies of two trainings of one architecture, percentage points; null before anything can be
/// predicted.
/// </param>
/// <param name="LastProposals">What became of what the proposer last proposed for the partition.</param>
public sealed record SearchPayload(
    DevicePayload Device,
    IReadOnlyList<PointPayload> Front,
    IReadOnlyList<PointPayload> Elsewhere,
    int LabelsLeft,
    double? LabelNoise,
    IReadOnlyList<OutcomePayload> LastProposals);

/// <summary>A labelled architecture of any partition.</summary>
/// <param name="Accuracy">Accuracy, percent.</param>
/// <param name="LatencyMs">Latency on the device, ms.</param>
public sealed record PointPayload(string Architecture, double Accuracy, double LatencyMs, int Partition);

/// <summary>A proposal with what became of it.</summary>
/// <param name="ExpectedAccuracy">What its proposer expected, percent, or null.</param>
/// <param name="Accuracy">Its label, percent; null when none was paid for.</param>
/// <param name="PredictedAccuracy">
/// What the predictor believes now, percent; null where there is a label, and before anything can be predicted.
/// </param>
public sealed record OutcomePayload(string Architecture, double? ExpectedAccuracy, double? Accuracy, double? PredictedAccuracy);

/// <summary>Makes a <see cref="SearchPayload"/>, and the part of it that the question for a prior shares.</summary>
internal static class SearchPayloads
{
    /// <summary>Most points of the front that are shown.</summary>
    public const int MaxFront = 24;

    private static readonly ConditionalWeakTable<BenchmarkContext, CostModel> Costs = [];

    /// <summary>The payload of a partition and generation.</summary>
    /// <param name="view">What is known before the generation.</param>
    public static SearchPayload Create(RunContext context, GenerationView view)
    {
        RunCandidate[] labelled = [.. view.Candidates.Labelled];
        double? best = labelled.Length > 0 ? labelled.Max(candidate => candidate.Row.Accuracy) : null;
        return new SearchPayload(
            Device(context),
            [.. PayloadParts.Spread(LabelledFront.Of(labelled), MaxFront).Select(Point)],
            [
                .. labelled.Where(candidate => candidate.Partition != view.Partition)
                    .GroupBy(candidate => candidate.Partition).OrderBy(group => group.Key)
                    .Select(group => Point(group.MaxBy(candidate => (candidate.Row.Accuracy, -candidate.Row.Index)))),
            ],
            Math.Max(0, context.Request.MaxLabels - labelled.Length),
            view.Predictor is { } predictor && best is { } accuracy
                ? PromptText.Short(AccuracyScale.ToPoints(predictor.Scale.ToTarget(accuracy), predictor.Process.CellDeviation))
                : null,
            [.. view.LastProposals.Select(Outcome)]);

        PointPayload Point(RunCandidate candidate) => new(
            context.Space.Format(candidate.Row.Index),
            candidate.Row.Accuracy!.Value,
            PromptText.Short(candidate.Row.LatencyMs!.Value),
            candidate.Partition);

        OutcomePayload Outcome(Expectation proposal)
        {
            double? label = Array.Find(labelled, candidate => candidate.Row.Index == proposal.Index).Row?.Accuracy;
            return new OutcomePayload(
                context.Space.Format(proposal.Index),
                proposal.Accuracy,
                label,
                label is null && view.Predictor is { } model && model.CanPredict(proposal.Index)
                    ? PromptText.Short(model.Scale.ToAccuracy(model.Predict(proposal.Index).Mean))
                    : null);
        }
    }

    /// <summary>What the run's device charges, with the ends of the latencies within the user's limits.</summary>
    public static DevicePayload Device(RunContext context)
    {
        CostModel cost = Costs.GetValue(context.Benchmark, CostModel.Fit);
        int[] cells = [.. context.AllowedCells()];
        return new DevicePayload(
            PromptText.Short(cost.FixedMs),
            cost.OperationMs.ToDictionary(operation => operation.Key, operation => PromptText.Short(operation.Value)),
            cost.DeadEdges,
            PromptText.Short(cost.Error),
            cells.Length > 0 ? End(cells.MinBy(Latency)) : null,
            cells.Length > 0 ? End(cells.MaxBy(Latency)) : null);

        double Latency(int index) => context.Benchmark.LatencyMs[index];

        DeviceEndPayload End(int index) => new(context.Space.Format(index), PromptText.Short(Latency(index)));
    }
}
