namespace PelNas.Shared.Llm.Budget;

/// <summary>
/// Lets the calls of this process change a run's ledger one after another, so that they do not overtake each other. Runs share a fixed
/// number of turns: one for each run would grow for ever.
/// </summary>
internal sealed class RunTurns
{
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the run's turn, which ends when the result is disposed of.</summary>
    public async Task<IDisposable> TakeAsync(string runId, CancellationToken cancellationToken)
    {
        SemaphoreSlim turn = _turns[(uint)runId.GetHashCode(StringComparison.Ordinal) % (uint)_turns.Length];
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    private sealed class Turn(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
