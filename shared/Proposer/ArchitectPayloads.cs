using PelNas.Shared.Predictor;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Proposer;

/// <summary>Makes the architect's payload. Lists are capped so that the prompt's size has a bound.</summary>
internal static class ArchitectPayloads
{
    /// <summary>Most untried cells that are shown.</summary>
    public const int MaxPromising = 24;

    private const int MaxParents = 16;
    private const int MaxGaps = 4;

    private const double CrossoverProbability = 0.5;

    // Each architecture with its parents and a rationale takes under 240 tokens.
    private const int OutputTokensPerArchitecture = 240;
    private const int FurtherOutputTokens = 1024;

    /// <summary>The question of a partition and generation.</summary>
    /// <param name="view">What is known before the generation.</param>
    /// <param name="promising">Untried cells of the partition, the most promising first.</param>
    /// <param name="heuristics">The partition's rules.</param>
    /// <param name="count">How many architectures to ask for.</param>
    public static Question<ArchitectPayload> Ask(
        RunContext context, GenerationView view, IEnumerable<int> promising, IReadOnlyList<Heuristic> heuristics, int count) => new(
        PromptTemplate.ArchitectIn(context.Space),
        Create(context, view, promising, heuristics, count),
        SeededRandom.For(context.Request.Seed, "architect", view.Partition, view.Generation).Next(),
        FurtherOutputTokens + (OutputTokensPerArchitecture * count));

    private static ArchitectPayload Create(
        RunContext context, GenerationView view, IEnumerable<int> promising, IReadOnlyList<Heuristic> heuristics, int count)
    {
        PartitionHistory history = view.History;
        return new ArchitectPayload(
            PromptTemplate.ArchitectIn(context.Space).Name,
            PayloadParts.Space(context.Space),
            PayloadParts.Partition(context, view.Partition),
            new ConstraintsPayload(context.Request.MaxLatencyMs, context.Request.MaxParamsM),
            PayloadParts.Objective(context),
            SearchPayloads.Create(context, view),
            [.. PayloadParts.Spread(history.Front, MaxParents)
                .Select(parent => PayloadParts.Candidate(context.Space, parent, onFront: true))],
            Gaps(history.Front),
            heuristics,
            view.SharedHeuristics,
            view.Predictor is { } predictor ? [.. promising.Take(MaxPromising).Select(index => Promising(context, predictor, index))] : [],
            count,
            CrossoverProbability,
            Reach(context, view.Partition));
    }

    private static PromisingPayload Promising(RunContext context, AccuracyPredictor predictor, int index)
    {
        (double mean, double deviation) = predictor.Predict(index);
        return new PromisingPayload(
            context.Space.Format(index),
            PromptText.Short(predictor.Scale.ToAccuracy(mean)),
            PromptText.Short(AccuracyScale.ToPoints(mean, deviation)),
            PromptText.Short(context.Benchmark.LatencyMs[index]));
    }

    /// <summary>
    /// The latencies that the partition's cells reach, within the user's limits, which are free to know: a front that stops short of
    /// an end has a gap there that no two neighbours show. Null where the limits leave no cell.
    /// </summary>
    private static GapPayload? Reach(RunContext context, int partition)
    {
        double[] latencies =
        [
            .. Enumerable.Range(0, context.Space.Size)
                .Where(index => context.IsAllowed(partition, index))
                .Select(index => context.Benchmark.LatencyMs[index]),
        ];
        return latencies.Length > 0 ? new GapPayload(PromptText.Short(latencies.Min()), PromptText.Short(latencies.Max())) : null;
    }

    /// <summary>The widest latency intervals between neighbours on the front.</summary>
    private static GapPayload[] Gaps(IReadOnlyList<RunCandidate> front)
        =>
        [
            .. front.Zip(front.Skip(1))
                .Select(pair => new GapPayload(pair.First.Row.LatencyMs!.Value, pair.Second.Row.LatencyMs!.Value))
                .OrderByDescending(gap => gap.ToMs - gap.FromMs)
                .Take(MaxGaps),
        ];
}
