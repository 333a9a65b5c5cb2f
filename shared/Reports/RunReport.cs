using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Reports;

/// <summary>All that the page shows of one search: what <c>GET /searches/{id}/report</c> answers.</summary>
/// <param name="StopSentence">Why the search ended, in words; null while it runs.</param>
/// <param name="Knee">Index of the point of the front to look at first; null where it has fewer than three.</param>
/// <param name="Result">The result so far, as in <c>result.json</c>.</param>
/// <param name="ExactFront">The front of all labels of the context within the limits, fastest first; empty where it is not known.</param>
/// <param name="Candidates">All candidates, by partition, then index.</param>
/// <param name="Rounds">What each generation did in each partition, by partition, then generation.</param>
/// <param name="Heuristics">The rules as each generation wrote them, by partition, then generation.</param>
public sealed record RunReport(
    SearchRequest Request,
    string? StopSentence,
    int? Knee,
    SearchResult Result,
    IReadOnlyList<PlotPoint> ExactFront,
    IReadOnlyList<CandidateView> Candidates,
    IReadOnlyList<ReportRound> Rounds,
    IReadOnlyList<ReportHeuristics> Heuristics)
{
    /// <summary>Makes the report of a run.</summary>
    /// <param name="exactFront">The front of all labels, fastest first; empty where it is not known.</param>
    /// <param name="space">The space of its architectures; null for NAS-Bench-201.</param>
    public static RunReport Of(RunContent content, SearchResult result, IReadOnlyList<PlotPoint> exactFront, ISearchSpace? space = null)
        => new RunReport(
            content.Run.Request,
            Reports.StopSentence.Of(content.Run, result.Counts.Labels),
            FrontKnee.Of(result.Front)?.Index,
            result,
            exactFront,
            [
                .. content.Partitions.SelectMany(partition => partition.Candidates.Select(
                    candidate => CandidateView.Of(candidate, partition.Plan.Id, space ?? NasBench201.Instance))),
            ],
            [.. content.PartitionRounds.Select(round => ReportRound.Of(round, content.Run))],
            [
                .. content.Partitions.SelectMany(partition =>
                    partition.HeuristicsByGeneration.Select(row => new ReportHeuristics(row.Partition, row.Generation, row.Rules))),
            ]);
}

/// <summary>What one generation did in one partition.</summary>
/// <param name="Generation">Generation; 0 is the seed population.</param>
/// <param name="Accepted">Architectures taken as candidates.</param>
/// <param name="FilledIn">Those among them that a plain operator filled in, since the proposer fell short.</param>
/// <param name="Archive">Size of the archive afterwards.</param>
/// <param name="Rejected">Proposals refused, each with its reason. Their texts are untrusted.</param>
/// <param name="Usage">What its calls to the proposer cost.</param>
/// <param name="Answers">What came of them.</param>
public sealed record ReportRound(
    int Partition,
    int Generation,
    int Accepted,
    int FilledIn,
    int Labels,
    int Archive,
    IReadOnlyList<RejectedProposal> Rejected,
    ChatUsage Usage,
    AnswerTally Answers)
{
    internal static ReportRound Of(RoundRow round, RunRow run) => new(
        round.Partition,
        round.Generation,
        round.Accepted,
        round.FilledIn,
        round.Labels,
        round.Archive,
        round.Rejected,
        run.Priced(round.Usage),
        round.Answers);
}

/// <summary>The design rules of a partition as one generation wrote them.</summary>
/// <param name="Rules">The rules, most trusted first. Their texts are the proposer's and untrusted.</param>
public sealed record ReportHeuristics(int Partition, int Generation, IReadOnlyList<Heuristic> Rules);
