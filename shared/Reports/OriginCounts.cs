using PelNas.Shared.Records;

namespace PelNas.Shared.Reports;

/// <summary>The candidates of a search, its labels, or the points of its front, by who brought the architecture.</summary>
/// <param name="Prior">Named by the prior.</param>
/// <param name="Proposal">Of the proposer.</param>
/// <param name="Predictor">Found by the predictor's own look through the partitions.</param>
/// <param name="Operator">Of the plain operators, which stand in where the proposer or the predictor falls short.</param>
/// <param name="Seed">Drawn for the seed population.</param>
public sealed record OriginCounts(int Prior, int Proposal, int Predictor, int Operator, int Seed)
{
    /// <summary>Counts the candidates of a run.</summary>
    public static OriginCounts OfCandidates(RunContent content) => Of(content.Partitions.SelectMany(partition => partition.Candidates));

    /// <summary>Counts the labels of a run.</summary>
    public static OriginCounts OfLabels(RunContent content) => Of(content.Partitions.SelectMany(partition => partition.Labelled));

    /// <summary>Counts the points of a run's front.</summary>
    public static OriginCounts OfFront(RunContent content)
    {
        HashSet<int> front = [.. (content.Front?.Points ?? []).Select(point => point.Index)];
        return Of(content.Partitions.SelectMany(partition => partition.Labelled).Where(candidate => front.Contains(candidate.Index)));
    }

    /// <summary>All of them in words, <c>6: 1 seeds, 2 by the proposer, ...</c>.</summary>
    public string Describe() =>
        $"{Prior + Proposal + Predictor + Operator + Seed:N0}: {(Prior > 0 ? $"{Prior:N0} by the prior, " : "")}{Seed:N0} seeds, "
            + $"{Proposal:N0} by the proposer, {Operator:N0} by plain operators, {Predictor:N0} by the predictor";

    private static OriginCounts Of(IEnumerable<CandidateRow> candidates)
    {
        string[] origins = [.. candidates.Select(candidate => candidate.Origin ?? CandidateOrigin.Seed)];
        int prior = Count(CandidateOrigin.Prior);
        int predictor = Count(CandidateOrigin.Predictor);
        int operators = Count(CandidateOrigin.Operator);
        int seed = Count(CandidateOrigin.Seed);
        return new OriginCounts(prior, origins.Length - prior - predictor - operators - seed, predictor, operators, seed);

        int Count(string origin) => origins.Count(other => other == origin);
    }
}
