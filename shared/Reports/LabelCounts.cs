using PelNas.Shared.Records;

namespace PelNas.Shared.Reports;

/// <summary>The labels of a search, or the points of its front, by who brought the architecture.</summary>
/// <param name="Prior">Named by the prior.</param>
/// <param name="Proposal">Of the proposer.</param>
/// <param name="Predictor">Found by the predictor's own look through the partitions.</param>
/// <param name="Operator">Of the plain operators.</param>
/// <param name="Seed">Drawn for the seed population.</param>
public sealed record LabelCounts(int Prior, int Proposal, int Predictor, int Operator, int Seed)
{
    /// <summary>Counts the labels of a run.</summary>
    public static LabelCounts Of(RunContent content) => Of(content.Partitions.SelectMany(partition => partition.Labelled));

    /// <summary>Counts the points of a run's front.</summary>
    public static LabelCounts OfFront(RunContent content)
    {
        HashSet<int> front = [.. (content.Front?.Points ?? []).Select(point => point.Index)];
        return Of(content.Partitions.SelectMany(partition => partition.Labelled).Where(candidate => front.Contains(candidate.Index)));
    }

    private static LabelCounts Of(IEnumerable<CandidateRow> labelled)
    {
        string[] origins = [.. labelled.Select(candidate => candidate.Origin ?? CandidateOrigin.Seed)];
        int prior = Count(CandidateOrigin.Prior);
        int predictor = Count(CandidateOrigin.Predictor);
        int operators = Count(CandidateOrigin.Operator);
        int seed = Count(CandidateOrigin.Seed);
        return new LabelCounts(prior, origins.Length - prior - predictor - operators - seed, predictor, operators, seed);

        int Count(string origin) => origins.Count(other => other == origin);
    }
}
