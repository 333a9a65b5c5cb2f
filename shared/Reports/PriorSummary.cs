using MathNet.Numerics.Statistics;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Reports;

/// <summary>What a search was told before its first label and with its proposals, and what came of it.</summary>
/// <param name="Source">One of <see cref="PriorSources"/>.</param>
/// <param name="Name">The proposer, the file's name, or where labels were transferred from; null without a prior.</param>
/// <param name="Ranked">Cells that it named for the first labels.</param>
/// <param name="Rules">Rules about accuracy.</param>
/// <param name="Vetoes">Patterns that it would spend no label on.</param>
/// <param name="Expectations">Labelled cells whose accuracy it, or the proposer since, had stated before.</param>
/// <param name="RankCorrelation">Spearman's rank correlation of these with their labels; null for fewer than two, or all alike.</param>
/// <param name="VetoesKept">Candidates that it would spend no label on, and that got none.</param>
/// <param name="VetoesOverruled">Those that got one all the same, since the predictor strongly disagreed.</param>
public sealed record PriorSummary(
    string Source,
    string? Name,
    int Ranked,
    int Rules,
    int Vetoes,
    int Expectations,
    double? RankCorrelation,
    int VetoesKept,
    int VetoesOverruled)
{
    /// <summary>The summary of a run, or null when it was told nothing.</summary>
    public static PriorSummary? Of(RunContent content, ISearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (content.Prior is not { } prior || prior.Source == PriorSources.None)
        {
            return null;
        }

        CandidateRow[] candidates = [.. content.Partitions.SelectMany(partition => partition.Candidates)];
        Dictionary<int, double> expected = [];
        IEnumerable<Expectation> since = content.PartitionRounds.SelectMany(round => round.Expected);
        foreach (Expectation cell in prior.Content.Ranked.Concat(prior.Content.Believed).Concat(since))
        {
            if (cell.Accuracy is { } accuracy)
            {
                expected.TryAdd(cell.Index, accuracy);
            }
        }

        CandidateRow[] compared = [.. candidates.Where(candidate => candidate.Accuracy is not null && expected.ContainsKey(candidate.Index))];
        double correlation = compared.Length < 2
            ? double.NaN
            : Correlation.Spearman(compared.Select(candidate => expected[candidate.Index]), compared.Select(candidate => candidate.Accuracy!.Value));
        CellTraits traits = CellTraits.For(space);
        HashSet<int> named = [.. prior.Content.Ranked.Select(cell => cell.Index)];
        CandidateRow[] vetoed =
        [
            .. candidates.Where(candidate => !named.Contains(candidate.Index)
                && prior.Content.Vetoes.Any(veto => veto.Meets(traits, candidate.Index))),
        ];
        return new PriorSummary(
            prior.Source,
            prior.Name,
            prior.Content.Ranked.Count,
            prior.Content.Rules.Count,
            prior.Content.Vetoes.Count,
            compared.Length,
            double.IsFinite(correlation) ? correlation : null,
            vetoed.Count(candidate => candidate.Accuracy is null),
            vetoed.Count(candidate => candidate.Accuracy is not null));
    }
}
