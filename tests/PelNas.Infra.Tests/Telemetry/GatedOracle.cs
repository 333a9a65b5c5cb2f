using PelNas.Shared.Predictor;
using PelNas.Shared.Tables;

namespace PelNas.Infra.Tests.Telemetry;

/// <summary>The benchmark's labels, behind a gate. It has none for one data set.</summary>
internal sealed class GatedOracle : IAccuracyOracle
{
    /// <summary>The data set that fails.</summary>
    public const string FailingDataset = "cifar100";

    private readonly TabularOracle _inner = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends at the first call.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Lets all callers through.</summary>
    public void Open() => _gate.SetResult();

    public async Task<IReadOnlyList<double>> LabelAsync(
        BenchmarkContext context, string labelsFrom, IReadOnlyList<int> indices, CancellationToken cancellationToken)
    {
        _asked.TrySetResult();
        await _gate.Task.WaitAsync(cancellationToken);
        return context.Dataset == FailingDataset
            ? throw new ArgumentException($"There are no labels for {FailingDataset}.")
            : await _inner.LabelAsync(context, labelsFrom, indices, cancellationToken);
    }
}
