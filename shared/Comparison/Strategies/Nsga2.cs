using PelNas.Shared.Evolution;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>
/// NSGA-II (Deb et al. 2002) with a population of 20: binary tournaments by rank and crowding distance, uniform crossover with
/// probability 0.5, mutation of one decision, survival of the best by rank and crowding. Offspring that was labelled before is drawn
/// again, so that a generation is 20 labels.
/// </summary>
/// <remarks>
/// Mutation of each decision with probability 1/6, usual for bit strings, is a little ahead at 60 labels and worse from 300 on: a third
/// of the children then differs from a crossover by nothing, a quarter by two decisions or more of six.
/// </remarks>
internal sealed class Nsga2 : ISearchStrategy
{
    private const int PopulationSize = 20;
    private const double CrossoverProbability = 0.5;

    // A population that has converged to few cells breeds little that is new; then chance has to help.
    private const int TriesPerChild = 100;

    public string Name => "nsga2";

    public Task SearchAsync(SearchTrial trial, CancellationToken cancellationToken)
    {
        Random random = trial.Random(Name);
        List<Ranked> parents = RankedSurvival.Best(Individual.DrawPopulation(trial, PopulationSize, random), PopulationSize);
        while (trial.Ledger.Remaining > 0 && trial.Ledger.Entries.Count < trial.FeasibleCount)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<Individual> union = [.. parents.Select(parent => parent.Individual)];
            for (int child = 0; child < PopulationSize && trial.Ledger.Remaining > 0; child++)
            {
                union.Add(Individual.Evaluate(trial, Breed(trial, parents, random)));
            }

            parents = RankedSurvival.Best(union, PopulationSize);
        }

        return Task.CompletedTask;
    }

    private static int Breed(SearchTrial trial, List<Ranked> parents, Random random)
    {
        for (int attempt = 0; attempt < TriesPerChild; attempt++)
        {
            int first = RankedSurvival.Tournament(parents, random).Individual.Index;
            int second = RankedSurvival.Tournament(parents, random).Individual.Index;
            byte[] child = random.NextDouble() < CrossoverProbability
                ? GenotypeVariation.Cross(trial.Space, first, second, random)
                : trial.Space.Genotype(first).ToArray();
            GenotypeVariation.MutateOne(trial.Space, child, random);
            int index = trial.Resolve(child);
            if (index >= 0 && trial.IsOpen(index))
            {
                return index;
            }

            if (index >= 0)
            {
                trial.CountRefused(index);
            }
        }

        return trial.DrawOpen(random);
    }
}
