using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.Transfer;

/// <summary>Checks the rows of an archive against the plan of its run.</summary>
internal static class ArchivedRowsCheck
{
    public static void Check(ArchivedPartition partition, ArchivePlan plan)
    {
        string field = $"partitions[{partition.Partition}]";
        Within(partition.Partition, plan.Partitions, "partitions[].partition");
        RunArchiveCheck.NoNulls(partition.Candidates, $"{field}.candidates");
        RunArchiveCheck.Unique(partition.Candidates, candidate => candidate.Index, $"{field}.candidates");
        foreach (CandidateRow candidate in partition.Candidates)
        {
            RowGuard.Check(candidate);
            Within(candidate.Index, plan.Architectures, $"{field}.candidates[].index");
            UpTo(candidate.Generation ?? 0, plan.Generations, $"{field}.candidates[].generation");
            UpTo(candidate.LabelledGeneration ?? 0, plan.Generations, $"{field}.candidates[].labelledGeneration");
        }

        RunArchiveCheck.NoNulls(partition.Heuristics, $"{field}.heuristics");
        RunArchiveCheck.Unique(partition.Heuristics, heuristics => heuristics.Generation, $"{field}.heuristics");
        foreach (HeuristicsRow heuristics in partition.Heuristics)
        {
            RunArchiveCheck.NoNulls(heuristics.Rules, $"{field}.heuristics[].rules");
            RunArchiveCheck.NoNulls(heuristics.Answers.Unusable, $"{field}.heuristics[].answers.unusable");
            RowGuard.Check(heuristics);
            RunArchiveCheck.Require(heuristics.Partition == partition.Partition, $"{field}.heuristics[].partition is {heuristics.Partition}");
            UpTo(heuristics.Generation, plan.Generations, $"{field}.heuristics[].generation");
        }
    }

    public static void Check(IReadOnlyList<RoundRow> rounds, ArchivePlan plan)
    {
        RunArchiveCheck.NoNulls(rounds, "rounds");
        RunArchiveCheck.Unique(rounds, round => (round.Partition, round.Generation), "rounds");
        foreach (RoundRow round in rounds)
        {
            RunArchiveCheck.NoNulls(round.Rejected, "rounds[].rejected");
            RunArchiveCheck.NoNulls(round.Answers.Unusable, "rounds[].answers.unusable");
            RunArchiveCheck.NoNulls(round.RunAnswers?.All.Unusable ?? [], "rounds[].runAnswers.all.unusable");
            RunArchiveCheck.NoNulls(round.RunAnswers?.Worst?.Unusable ?? [], "rounds[].runAnswers.worst.unusable");
            RowGuard.Check(round);
            // The whole run is partition -1.
            Within(Math.Max(0, round.Partition), plan.Partitions, "rounds[].partition");
            UpTo(round.Generation, plan.Generations, "rounds[].generation");
        }
    }

    public static void Check(IReadOnlyList<Front> fronts, ArchivePlan plan)
    {
        RunArchiveCheck.NoNulls(fronts, "fronts");
        RunArchiveCheck.Unique(fronts, front => front.Version, "fronts");
        foreach (Front front in fronts)
        {
            RunArchiveCheck.NoNulls(front.Points, "fronts[].points");
            RowGuard.Check(front);
            UpTo(front.Version, plan.Generations, "fronts[].version");
            foreach (FrontPoint point in front.Points)
            {
                Within(point.Index, plan.Architectures, "fronts[].points[].index");
                Within(point.Partition, plan.Partitions, "fronts[].points[].partition");
                UpTo(point.Generation, front.Version, "fronts[].points[].generation");
            }
        }
    }

    private static void Within(int number, int count, string field)
        => RunArchiveCheck.Require(number >= 0 && number < count, $"{field} is {number}, and it has to be from 0 to {count - 1}");

    private static void UpTo(int number, int last, string field)
        => RunArchiveCheck.Require(number <= last, $"{field} is {number}, and the last one here is {last}");
}
