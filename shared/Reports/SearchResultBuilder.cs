using PelNas.Shared.Predictor;
using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Reports;

/// <summary>Makes the result of a search from what the store holds of it. The same content gives the same result.</summary>
public static class SearchResultBuilder
{
    private const string Strategy = "pel-nas";
    private const string NegativeKind = "negative";

    /// <summary>Makes the result.</summary>
    /// <param name="quality">How good its labelled architectures are, or null where the exact front is not known.</param>
    /// <param name="ceiling">How good they would be with every label paid for; null where that is not known.</param>
    /// <param name="reference">The hypervolume of the front where the exact one is not known.</param>
    public static SearchResult Build(
        RunContent content, FrontQuality? quality, FrontQuality? ceiling = null, ReferenceHypervolume? reference = null)
    {
        RunRow run = content.Run;
        return new SearchResult
        {
            RunId = run.RunId,
            Dataset = run.Request.Dataset,
            Device = run.Request.Device,
            LabelsFrom = run.Request.LabelsFrom,
            LabelsBy = run.Request.LabelsBy(),
            Seed = run.Request.Seed,
            Proposer = run.Proposer,
            ProposerWarning = content.Answers.Warning(),
            ProposerAnswers = content.Answers.All,
            Predictor = Predictor(content),
            Strategy = Strategy,
            PartitionScheme = run.Request.PartitionScheme,
            Limits = SearchLimits.Of(run.Request),
            StartedAt = run.StartedAt,
            FinishedAt = run.FinishedAt,
            StopReason = run.StopReason,
            Front = content.Front?.Points ?? [],
            Metrics = quality,
            Ceiling = ceiling,
            ReferenceHypervolume = reference,
            Budgets = SearchBudgets.Of(run.Request),
            Counts = Counts(content),
            Labels = Labels(content),
            LabelsByOrigin = OriginCounts.OfLabels(content),
            FrontByOrigin = OriginCounts.OfFront(content),
            Prior = run.Request.Space is null ? PriorSummary.Of(content, NasBench201.Instance) : null,
            HeuristicChanges = HeuristicChanges.Of(content),
            Generations = Generations(content),
            Partitions = [.. content.Partitions.Select(partition => Summary(partition, content))],
        };
    }

    /// <summary>The run's predictor, unless no generation so far had labels enough to train it.</summary>
    private static string Predictor(RunContent content)
    {
        string[] used = [.. content.Rounds.Select(round => round.Predictor).OfType<string>()];
        return used.Length > 0 && used.All(predictor => predictor == AccuracyPredictor.None)
            ? AccuracyPredictor.None
            : content.Run.Predictor;
    }

    private static SearchCounts Counts(RunContent content)
    {
        // The ledger knows also what was paid for answers that were lost, and that answers found in the cache were not paid again.
        RunRow run = content.Run;
        ChatUsage usage = run.Priced(
            run.Spent ?? content.PartitionRounds.Aggregate(content.Prior?.Usage ?? ChatUsage.None, (sum, round) => sum + round.Usage));
        ChatUsage unconfirmed = run.Priced(run.Unconfirmed ?? ChatUsage.None);
        return new SearchCounts
        {
            Labels = content.Labelled.Count(),
            FailedLabels = content.Partitions.Sum(
                partition => partition.Candidates.Count(candidate => candidate is { LabelledGeneration: not null, Accuracy: null })),
            Scored = content.Partitions.Sum(partition =>
                partition.Candidates.Count(candidate => candidate.PredictedAccuracy is not null || candidate.LatencyMs is not null)),
            LlmCalls = usage.Calls,
            InputTokens = usage.InputTokens,
            OutputTokens = usage.OutputTokens,
            Usd = usage.Usd,
            UnconfirmedCalls = unconfirmed.Calls,
            UnconfirmedUsd = unconfirmed.Usd,
            Invalid = content.PartitionRounds.Sum(Invalid),
            Duplicates = content.PartitionRounds.Sum(
                round => round.Rejected.Count(rejected => rejected.Reason == ProposalValidator.Duplicate)),
            FilledIn = content.PartitionRounds.Sum(round => round.FilledIn),
        };
    }

    private static PaidLabel[] Labels(RunContent content) =>
    [
        .. content.Partitions.SelectMany(partition => partition.Labelled.Select(row => new PaidLabel(
                row.Index,
                row.Accuracy!.Value,
                row.PredictedAccuracy,
                row.LatencyMs,
                row.LabelledGeneration ?? row.Generation ?? 0,
                row.Origin ?? CandidateOrigin.Seed,
                partition.Plan.Id)))
            .OrderBy(label => label.Generation).ThenBy(label => label.Partition).ThenBy(label => label.Index),
    ];

    private static GenerationSummary[] Generations(RunContent content)
    {
        ILookup<int, RoundRow> rounds = content.Rounds.ToLookup(round => round.Generation);
        Dictionary<int, int> labels = content.Partitions
            .SelectMany(partition => partition.Labelled)
            .CountBy(candidate => candidate.LabelledGeneration ?? candidate.Generation ?? 0)
            .ToDictionary();
        return
        [
            .. rounds.Select(group => group.Key).Union(labels.Keys).Order().Select(generation => new GenerationSummary(
                generation,
                labels.GetValueOrDefault(generation),
                Whole(generation)?.Hypervolume,
                [
                    .. rounds[generation]
                        .Where(round => round.Partition != RoundRow.WholeRun)
                        .OrderBy(round => round.Partition)
                        .Select(round => new PartitionGeneration(round.Partition, round.Archive, Invalid(round))),
                ],
                Whole(generation)?.Predictor,
                Whole(generation)?.CrossValidation,
                Whole(generation)?.Answers,
                ExpectedGain: Whole(generation)?.ExpectedGain)),
        ];

        RoundRow? Whole(int generation) => rounds[generation].FirstOrDefault(round => round.Partition == RoundRow.WholeRun);
    }

    private static PartitionSummary Summary(PartitionContent partition, RunContent content) => new(
        partition.Plan.Id,
        partition.Plan.Rule,
        partition.Plan.Size,
        partition.Labelled.Count(),
        content.PartitionRounds.Where(round => round.Partition == partition.Plan.Id).MaxBy(round => round.Generation)?.Archive ?? 0,
        [.. partition.Heuristics?.Rules.Select(Sentence) ?? []]);

    private static int Invalid(RoundRow round) => round.Rejected.Count(rejected => rejected.Reason != ProposalValidator.Duplicate);

    private static string Sentence(Heuristic heuristic)
        => $"{(heuristic.Kind == NegativeKind ? "negative" : "positive")}: {heuristic.Text}";
}
