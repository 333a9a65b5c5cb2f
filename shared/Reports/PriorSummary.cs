using MathNet.Numerics.Statistics;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Reports;

/// <summary>What a search was given to believe before its first label and with its proposals, and what came of it.</summary>
/// <param name="Source">One of <see cref="PriorSources"/>.</param>
/// <param name="Name">The proposer, the file's name, or where labels were transferred from; null without a prior.</param>
/// <param name="Ranked">Cells that it named for the first labels.</param>
/// <param name="Rules">Rules about accuracy.</param>
/// <param name="Vetoes">Patterns that it would spend no label on.</param>
/// <param name="Expectations">Labelled cells that it had an expectation of: by its rules, or because it stated their accuracy.</param>
/// <param name="RankCorrelation">Spearman's rank correlation of these with their labels; null for fewer than two, or all alike.</param>
/// <param name="ByGeneration">The same by the generation that paid for the label.</param>
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
    IReadOnlyList<GenerationExpectations> ByGeneration,
    int VetoesKept,
    int VetoesOverruled)
{
    /// <summary>The summary of a run, or null when it was given nothing.</summary>
    public static PriorSummary? Of(RunContent content, ISearchSpace space)
    {
        if (content.Prior is not { } prior || prior.Source == PriorSources.None)
        {
            return null;
        }

        CandidateRow[] candidates = [.. content.Partitions.SelectMany(partition => partition.Candidates)];
        CellTraits traits = CellTraits.For(space);
        Dictionary<int, double> expected = Expected(content, prior.Content, candidates, space, traits);
        CandidateRow[] compared =
            [.. candidates.Where(candidate => candidate.Accuracy is not null && expected.ContainsKey(candidate.Index))];
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
            CorrelationOf(compared),
            [
                .. compared.GroupBy(candidate => candidate.LabelledGeneration ?? 0).OrderBy(group => group.Key)
                    .Select(group => new GenerationExpectations(group.Key, group.Count(), CorrelationOf([.. group]))),
            ],
            vetoed.Count(candidate => candidate.Accuracy is null),
            vetoed.Count(candidate => candidate.Accuracy is not null));

        double? CorrelationOf(CandidateRow[] labels)
        {
            double correlation = labels.Length < 2
                ? double.NaN
                : Correlation.Spearman(labels.Select(label => expected[label.Index]), labels.Select(label => label.Accuracy!.Value));
            return double.IsFinite(correlation) ? correlation : null;
        }
    }

    /// <summary>
    /// What was expected of each candidate: by rules of all with a live path, or else of those whose accuracy was stated.
    /// </summary>
    private static Dictionary<int, double> Expected(
        RunContent content, PriorContent prior, CandidateRow[] candidates, ISearchSpace space, CellTraits traits)
    {
        if (prior.Rules.Count > 0)
        {
            return candidates.Where(candidate => space.IsConnected(candidate.Index))
                .ToDictionary(candidate => candidate.Index, candidate => prior.Rules.Sum(rule => rule.Effect(traits, candidate.Index)));
        }

        return prior.Ranked.Concat(prior.Believed).Concat(content.PartitionRounds.SelectMany(round => round.Expected))
            .Where(cell => cell.Accuracy is not null)
            .DistinctBy(cell => cell.Index)
            .ToDictionary(cell => cell.Index, cell => cell.Accuracy!.Value);
    }
}

/// <summary>What was expected of the labels of one generation.</summary>
/// <param name="Expectations">Its labels that something was expected of.</param>
/// <param name="RankCorrelation">Spearman's rank correlation with the labels; null for fewer than two, or all alike.</param>
public sealed record GenerationExpectations(int Generation, int Expectations, double? RankCorrelation);
