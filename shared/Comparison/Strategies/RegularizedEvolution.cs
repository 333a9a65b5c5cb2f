using PelNas.Shared.Evolution;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>
/// Regularized (aging) evolution (Real et al. 2019, algorithm 1): the best of a random sample of the population is mutated in one
/// decision, and the oldest dies. The paper has one objective; here each cycle draws a weight and the sample's best is that of
/// least augmented Tchebycheff value (Knowles 2006), so that over the cycles all trade-offs are bred.
/// </summary>
/// <remarks>
/// Population 50 and samples of 25 are near the best of the settings tried at every budget (docs/benchmark.md): as the trade-off changes
/// from cycle to cycle, aging takes good parents of the others from a small population before their turn comes.
/// </remarks>
internal sealed class RegularizedEvolution : ISearchStrategy
{
    private const int PopulationSize = 50;
    private const int SampleSize = 25;

    // In an open space a random walk soon comes to what is new.
    private const int TriesPerChild = 100;

    public string Name => "regularized-evolution";

    public Task SearchAsync(SearchTrial trial, CancellationToken cancellationToken)
    {
        Random random = trial.Random(Name);
        Scalarization scale = new();
        Queue<Individual> population = new(Individual.DrawPopulation(trial, PopulationSize, random));
        foreach (Individual individual in population)
        {
            scale.Observe(individual.Objectives);
        }

        while (trial.Ledger.Remaining > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Individual[] members = [.. population];
            random.Shuffle(members);
            double weight = random.NextDouble();
            Individual parent = members.Take(SampleSize).MinBy(member => scale.Tchebycheff(member.Objectives, weight))!;
            if (Mutate(trial, parent.Index, random) is not { } child)
            {
                return Task.CompletedTask;
            }

            Individual born = Individual.Evaluate(trial, child);
            scale.Observe(born.Objectives);
            population.Enqueue(born);
            population.Dequeue();
        }

        return Task.CompletedTask;
    }

    /// <summary>An untried neighbour of the parent; where all are tried, one of a random walk from there.</summary>
    private static int? Mutate(SearchTrial trial, int parent, Random random)
    {
        ISearchSpace space = trial.Space;
        byte[] genotype = space.Genotype(parent).ToArray();
        if (!space.IsComplete)
        {
            for (int attempt = 0; attempt < TriesPerChild; attempt++)
            {
                GenotypeVariation.MutateOne(space, genotype, random);
                if (trial.Resolve(genotype) is var found and >= 0 && trial.IsOpen(found))
                {
                    return found;
                }
            }

            return null;
        }

        for (int step = 0; step < space.Size; step++)
        {
            int[] untried = [.. space.Neighbours(space.IndexOf(genotype)).Where(trial.IsOpen)];
            if (untried.Length > 0)
            {
                return untried[random.Next(untried.Length)];
            }

            GenotypeVariation.MutateOne(space, genotype, random);
        }

        return null;
    }
}
