using PelNas.Shared.Partitioning;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Reports;

/// <summary>All that the store holds of one run, from which results and reports are made.</summary>
/// <param name="Partitions">Its partitions, by id.</param>
/// <param name="Rounds">Its rounds, by partition, then generation, those of the whole run included.</param>
/// <param name="Front">The front in force, or null before the first.</param>
/// <param name="Prior">What the run was given to believe before its first label; null before it was requested.</param>
public sealed record RunContent(
    RunRow Run, IReadOnlyList<PartitionContent> Partitions, IReadOnlyList<RoundRow> Rounds, Front? Front, PriorRow? Prior = null)
{
    /// <summary>Architectures whose label was paid for: what the metrics of the run are about.</summary>
    public IEnumerable<int> Labelled => Partitions.SelectMany(partition => partition.Labelled).Select(candidate => candidate.Index);

    /// <summary>Rounds of partitions. Rounds of the whole run repeat their sums, so counts are taken from these alone.</summary>
    public IEnumerable<RoundRow> PartitionRounds => Rounds.Where(round => round.Partition != RoundRow.WholeRun);

    /// <summary>What came of the calls to the proposer up to the last generation that was closed.</summary>
    public RunAnswers Answers
        => Rounds.Where(round => round.Partition == RoundRow.WholeRun).MaxBy(round => round.Generation)?.RunAnswers ?? RunAnswers.None;

    /// <summary>Reads a run, or null when there is none of that id.</summary>
    public static async Task<RunContent?> LoadAsync(RunRepository runs, string runId, CancellationToken cancellationToken)
        => await runs.GetAsync(runId, cancellationToken) is { } run
            ? Of(run, await runs.GetHistoryAsync(runId, cancellationToken), await runs.GetPriorAsync(runId, cancellationToken))
            : null;

    private static RunContent Of(RunRow run, RunHistory history, PriorRow? prior)
    {
        ILookup<int, CandidateRow> candidates = history.Candidates().ToLookup(candidate => candidate.Partition, candidate => candidate.Row);
        PartitionContent[] partitions =
        [
            .. run.Partitions.OrderBy(plan => plan.Id)
                .Select(plan => new PartitionContent(plan, [.. candidates[plan.Id]], history.Heuristics(plan.Id))),
        ];
        return new RunContent(run, partitions, history.Rounds, history.Front?.Front, prior);
    }
}

/// <summary>All that the store holds of one partition.</summary>
/// <param name="Plan">The partition as planned.</param>
/// <param name="Candidates">Its candidates, by index.</param>
/// <param name="HeuristicsByGeneration">Its heuristics as each generation wrote them.</param>
public sealed record PartitionContent(
    PartitionPlan Plan, IReadOnlyList<CandidateRow> Candidates, IReadOnlyList<HeuristicsRow> HeuristicsByGeneration)
{
    /// <summary>Its last heuristics, or null when none were written.</summary>
    public HeuristicsRow? Heuristics => HeuristicsByGeneration is [.., var last] ? last : null;

    /// <summary>Candidates whose label was paid for.</summary>
    public IEnumerable<CandidateRow> Labelled => Candidates.Where(candidate => candidate.Accuracy is not null);
}
