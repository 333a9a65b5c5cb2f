using System.Numerics.Tensors;
using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.Evolution;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Comparison.Systems;

/// <summary>
/// <c>smem-nas</c> (arXiv 2407.15600): a classifier learns which of two architectures is better, and an architecture's score is the share
/// that it beats. A main population of 20 lives by score and latency, a vice population of 20 by score and distance from the others; half
/// of 200 offspring have one parent of each. Eight are labelled, two of them as the vice population would choose.
/// </summary>
/// <remarks>
/// Pairwise comparison and the two populations are the paper's. The classifier (logistic, on path features), the niches (mean Hamming
/// distance to the five nearest) and the sizes are ours: its body could not be read.
/// </remarks>
/// <param name="useVice">False to leave the vice population out.</param>
internal sealed class SmemNas(bool useVice) : IRoundPlanner
{
    private const int PopulationSize = 20;
    private const int Offspring = 200;
    private const int ViceLabels = 2;
    private const int NearestOthers = 5;

    public IReadOnlyList<int> Plan(SearchTrial trial, IReadOnlyList<Individual> labelled, int count, Random random)
    {
        byte[][] cells = LiveCell.All(trial.Space);
        PairwiseRanker ranker = PairwiseRanker.Fit(trial.Space, [.. labelled.Where(label => LiveCell.IsAlive(cells[label.Index]))]);
        int[] known = [.. labelled.Select(label => label.Index)];
        List<Ranked> main = RankedSurvival.Best(ByLatency(known), PopulationSize);
        List<Ranked> vice = useVice ? RankedSurvival.Best(ByNovelty(known, known), PopulationSize) : main;
        HashSet<int> offspring = [];
        for (int attempt = 0; attempt < 2 * Offspring && offspring.Count < Offspring; attempt++)
        {
            List<Ranked> mates = attempt % 2 == 0 ? main : vice;
            byte[] child = GenotypeVariation.Cross(
                trial.Space, RankedSurvival.Tournament(main, random).Individual.Index,
                RankedSurvival.Tournament(mates, random).Individual.Index, random);
            GenotypeVariation.MutateOne(trial.Space, child, random);
            int index = trial.Space.IndexOf(child);
            if (trial.IsOpen(index))
            {
                offspring.Add(index);
            }
            else
            {
                trial.CountRefused(index);
            }
        }

        int[] candidates = [.. offspring];
        int[] byVice = useVice ? RankedSurvival.BestIndices(ByNovelty(candidates, [.. known, .. candidates]), ViceLabels) : [];
        return [.. RankedSurvival.BestIndices(ByLatency([.. candidates.Except(byVice)]), count - byVice.Length), .. byVice];

        Individual[] ByLatency(int[] indices)
            => [.. indices.Select(index => new Individual(index, [trial.LatencyMs(index), -ranker.Score(index)]))];

        Individual[] ByNovelty(int[] indices, int[] others)
            => [.. indices.Select(index => new Individual(index, [-Novelty(trial.Space, index, others), -ranker.Score(index)]))];
    }

    /// <summary>Mean number of edits to the nearest others.</summary>
    private static double Novelty(ISearchSpace space, int index, int[] others)
    {
        byte[][] cells = LiveCell.All(space);
        return others.Where(other => other != index)
            .Select(other => TensorPrimitives.HammingDistance<byte>(cells[index], cells[other]))
            .Order().Take(NearestOthers).DefaultIfEmpty().Average();
    }
}
