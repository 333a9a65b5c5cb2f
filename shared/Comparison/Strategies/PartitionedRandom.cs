using PelNas.Shared.Partitioning;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>
/// Random search with the paper's six partitions as strata (<see cref="PartitionSchemes.Conv3x3"/>): one architecture of each in turn,
/// drawn without replacement. Shows what the cut alone brings.
/// </summary>
internal sealed class PartitionedRandom : ISearchStrategy
{
    public string Name => "partitioned-random";

    public Task SearchAsync(SearchTrial trial, CancellationToken cancellationToken)
    {
        PartitionMap map = PartitionSchemes.Create(PartitionSchemes.Conv3x3, 6, trial.Space, []);
        Random random = trial.Random(Name);
        Queue<int>[] queues =
        [
            .. map.Plans.Select(plan =>
            {
                int[] members = [.. map.Members(plan.Id).Where(trial.IsFeasible)];
                random.Shuffle(members);
                return new Queue<int>(members);
            }),
        ];
        while (trial.Ledger.Remaining > 0 && queues.Any(queue => queue.Count > 0))
        {
            foreach (Queue<int> queue in queues)
            {
                if (trial.Ledger.Remaining > 0 && queue.TryDequeue(out int index))
                {
                    trial.Evaluate(index);
                }
            }
        }

        return Task.CompletedTask;
    }
}
