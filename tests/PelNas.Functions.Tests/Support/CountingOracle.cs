namespace PelNas.Functions.Tests.Support;

/// <summary>The benchmark's labels, and how often each was paid for. It can fail, and keep its callers waiting.</summary>
internal sealed class CountingOracle : IAccuracyOracle
{
    private readonly TabularOracle _inner = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentDictionary<int, int> Paid { get; } = new();

    /// <summary>What the oracle fails with; null when it answers.</summary>
    public Exception? Fault { get; set; }

    /// <summary>One that keeps its callers waiting until it is opened.</summary>
    public static CountingOracle Gated() => new() { IsGated = true };

    private bool IsGated { get; init; }

    public void Open() => _open.TrySetResult();

    /// <summary>Waits for the first call.</summary>
    public Task AskedAsync() => Awaiting.For(_asked.Task, "the first label");

    public async Task<IReadOnlyList<double>> LabelAsync(
        BenchmarkContext context, string labelsFrom, IReadOnlyList<int> indices, CancellationToken cancellationToken)
    {
        _asked.TrySetResult();
        if (IsGated)
        {
            await _open.Task.WaitAsync(cancellationToken);
        }

        if (Fault is not null)
        {
            throw Fault;
        }

        foreach (int index in indices)
        {
            Paid.AddOrUpdate(index, 1, (_, times) => times + 1);
        }

        return await _inner.LabelAsync(context, labelsFrom, indices, cancellationToken);
    }
}
