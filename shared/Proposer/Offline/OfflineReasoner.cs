using PelNas.Shared.Predictor;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Proposer.Offline;

/// <summary>
/// Writes heuristics from marginal effects: for each edge and operation, how candidates with it compare with those without, with
/// Welch's t as the measure of trust. Old rules fade unless the results confirm them.
/// </summary>
internal static class OfflineReasoner
{
    private const double LeastT = 1.0;
    private const double Fading = 0.6;

    public static ReasonerAnswer Answer(ISearchSpace space, ReasonerPayload payload)
    {
        List<(byte[] Genotype, double Target, double Accuracy)> results = [];
        foreach (CandidatePayload candidate in payload.Candidates)
        {
            byte[] genotype = new byte[space.DecisionCount];
            if (space.TryRead(candidate.Architecture, genotype, out _))
            {
                results.Add((genotype, AccuracyScale.Fixed.ToTarget(candidate.Accuracy), candidate.Accuracy));
            }
        }

        Dictionary<(string? Edge, string? Operation), Heuristic> rules = payload.Heuristics
            .Select(old => old with { Confidence = Math.Round(old.Confidence * Fading, 3) })
            .Where(old => old.Confidence >= 0.1)
            .GroupBy(old => (old.Edge, old.Operation))
            .ToDictionary(group => group.Key, group => group.MaxBy(old => old.Confidence)!);
        for (int edge = 0; edge < space.DecisionCount; edge++)
        {
            for (byte operation = 0; operation < space.ChoicesOf(edge).Count; operation++)
            {
                if (Effect(space, results, edge, operation) is { } rule)
                {
                    rules[(rule.Edge, rule.Operation)] = rule;
                }
            }
        }

        return new ReasonerAnswer([.. rules.Values
            .OrderByDescending(rule => rule.Confidence)
            .ThenBy(rule => rule.Text, StringComparer.Ordinal)
            .Take(payload.MaxRules)]);
    }

    private static Heuristic? Effect(
        ISearchSpace space, List<(byte[] Genotype, double Target, double Accuracy)> results, int edge, byte operation)
    {
        var with = results.Where(result => result.Genotype[edge] == operation).ToList();
        var without = results.Where(result => result.Genotype[edge] != operation).ToList();
        if (with.Count < 2 || without.Count < 2)
        {
            return null;
        }

        (double meanWith, double errorWith) = MeanAndSquaredError([.. with.Select(result => result.Target)]);
        (double meanWithout, double errorWithout) = MeanAndSquaredError([.. without.Select(result => result.Target)]);
        double t = (meanWith - meanWithout) / Math.Sqrt(errorWith + errorWithout + 1e-6);
        if (Math.Abs(t) < LeastT)
        {
            return null;
        }

        string name = space.ChoicesOf(edge)[operation];
        string on = space.DecisionNames[edge];
        return new Heuristic(
            t > 0 ? "positive" : "negative",
            (t > 0, space.IsOfCells) switch
            {
                (true, true) => $"Put {name} on edge {on}.",
                (false, true) => $"Avoid {name} on edge {on}.",
                (true, false) => $"Choose {name} for {on}.",
                _ => $"Avoid {name} for {on}.",
            },
            $"Mean accuracy {with.Average(result => result.Accuracy):0.00} % in {with.Count} candidates with it, "
            + $"{without.Average(result => result.Accuracy):0.00} % in {without.Count} without.",
            Math.Round(1 - Math.Exp(-Math.Abs(t) / 3), 3),
            on,
            name);
    }

    private static (double Mean, double SquaredError) MeanAndSquaredError(double[] values)
    {
        double mean = values.Average();
        double variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        return (mean, variance / values.Length);
    }
}
