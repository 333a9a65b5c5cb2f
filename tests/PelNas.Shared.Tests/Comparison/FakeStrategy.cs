namespace PelNas.Shared.Tests.Comparison;

/// <summary>Labels the given architectures in order, shifted by the seed, and counts its runs.</summary>
internal sealed class FakeStrategy(string name, bool isAnytime, Func<int, int> index) : ISearchStrategy
{
    private int _runs;

    public int Runs => _runs;

    public string Name => name;

    public bool IsAnytime => isAnytime;

    public string? Proposer => null;

    /// <summary>Called before each run.</summary>
    public Action<SearchTrial>? Before { get; init; }

    public Task SearchAsync(SearchTrial trial, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _runs);
        Before?.Invoke(trial);
        for (int step = 0; step < trial.Ledger.Budget; step++)
        {
            trial.Evaluate(index(step + trial.Seed));
        }

        return Task.CompletedTask;
    }
}
