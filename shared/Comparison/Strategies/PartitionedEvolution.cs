using PelNas.Shared.Evolution;
using PelNas.Shared.Pareto;
using PelNas.Shared.Partitioning;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>
/// Evolution in each of the paper's six partitions with equal shares of the labels and neither proposer nor predictor: random
/// architectures first, then in turn one child of the partition's Pareto front, by crossover (p = 0.5) or mutation, kept inside the
/// partition. What is left of the paper's method without an LLM and without a predictor.
/// </summary>
internal sealed class PartitionedEvolution : ISearchStrategy
{
    private const int Founders = 5;

    public string Name => "partitioned-evolution";

    public Task SearchAsync(SearchTrial trial, CancellationToken cancellationToken)
    {
        PartitionMap map = PartitionSchemes.Create(PartitionSchemes.Conv3x3, 6, trial.Space, []);
        Random random = trial.Random(Name);
        List<Individual>[] islands = [.. map.Plans.Select(_ => new List<Individual>())];
        bool found = true;
        for (int round = 0; found && trial.Ledger.Remaining > 0; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            found = false;
            for (int partition = 0; partition < islands.Length && trial.Ledger.Remaining > 0; partition++)
            {
                int home = partition;
                bool IsUntried(int index) => map.PartitionOf(index) == home && trial.IsOpen(index);
                int? child = round < Founders
                    ? Draw(map, partition, IsUntried, random)
                    : Breed(trial, islands[partition], IsUntried, random);
                if (child is { } index)
                {
                    islands[partition].Add(Individual.Evaluate(trial, index));
                    found = true;
                }
            }
        }

        return Task.CompletedTask;
    }

    private static int? Draw(PartitionMap map, int partition, Func<int, bool> isUntried, Random random)
    {
        int[] members = [.. map.Members(partition).Where(isUntried)];
        return members.Length > 0 ? members[random.Next(members.Length)] : null;
    }

    private static int? Breed(SearchTrial trial, List<Individual> island, Func<int, bool> isUntried, Random random)
    {
        int[] front = NonDominatedSort.FirstFront([.. island.Select(individual => individual.Objectives)]);
        int parent = island[front[random.Next(front.Length)]].Index;
        int mate = island[front[random.Next(front.Length)]].Index;
        return (random.Next(2) == 0 ? VariationOperators.Crossover(trial.Space, parent, mate, isUntried, random) : null)
            ?? VariationOperators.Mutate(trial.Space, parent, isUntried, random);
    }
}
