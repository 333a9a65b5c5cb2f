using PelNas.Shared.Pareto;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>
/// Survival and selection by rank and crowding distance (Deb et al. 2002), of objectives that were labelled or predicted.
/// </summary>
internal static class RankedSurvival
{
    /// <summary>The best by rank, within a rank by crowding distance.</summary>
    public static List<Ranked> Best(IReadOnlyList<Individual> union, int count)
    {
        List<Ranked> survivors = [];
        int[][] fronts = union.Count == 0 ? [] : NonDominatedSort.Fronts([.. union.Select(individual => individual.Objectives)]);
        for (int rank = 0; rank < fronts.Length && survivors.Count < count; rank++)
        {
            double[] crowding = CrowdingDistance.Compute([.. fronts[rank].Select(member => union[member].Objectives)]);
            int level = rank;
            survivors.AddRange(fronts[rank]
                .Select((member, place) => new Ranked(union[member], level, crowding[place]))
                .OrderByDescending(ranked => ranked.Crowding)
                .Take(count - survivors.Count));
        }

        return survivors;
    }

    /// <summary>The architectures of the best.</summary>
    public static int[] BestIndices(IReadOnlyList<Individual> union, int count)
        => [.. Best(union, count).Select(ranked => ranked.Individual.Index)];

    /// <summary>The better of two drawn by chance.</summary>
    public static Ranked Tournament(List<Ranked> parents, Random random)
    {
        Ranked first = parents[random.Next(parents.Count)];
        Ranked second = parents[random.Next(parents.Count)];
        return second.Rank < first.Rank || (second.Rank == first.Rank && second.Crowding > first.Crowding) ? second : first;
    }
}

/// <summary>A survivor.</summary>
/// <param name="Individual">Architecture and objectives.</param>
/// <param name="Rank">Its front: 0 for the non-dominated.</param>
/// <param name="Crowding">Crowding distance within the front.</param>
internal sealed record Ranked(Individual Individual, int Rank, double Crowding);
