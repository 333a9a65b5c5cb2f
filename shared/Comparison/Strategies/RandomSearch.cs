namespace PelNas.Shared.Comparison.Strategies;

/// <summary>Labels architectures drawn uniformly from the whole space, without replacement.</summary>
internal sealed class RandomSearch : ISearchStrategy
{
    public string Name => "random";

    public Task SearchAsync(SearchTrial trial, CancellationToken cancellationToken)
    {
        int[] order = [.. Enumerable.Range(0, trial.Space.Size).Where(trial.IsFeasible)];
        trial.Random(Name).Shuffle(order);
        foreach (int index in order.Take(trial.Ledger.Budget))
        {
            trial.Evaluate(index);
        }

        return Task.CompletedTask;
    }
}
