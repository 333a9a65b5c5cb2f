
namespace PelNas.Shared.Tables;

/// <summary>Where the latency of an architecture comes from. Queries are free of labels.</summary>
public interface ILatencySource
{
    /// <summary>Latencies of architectures on the context's device, ms; not a number where there is none.</summary>
    /// <param name="context">Data set and device.</param>
    /// <param name="indices">n architectures.</param>
    Task<IReadOnlyList<double>> MeasureAsync(BenchmarkContext context, IReadOnlyList<int> indices, CancellationToken cancellationToken);
}

/// <summary>The look-up table of the benchmark.</summary>
public sealed class TableLatencySource : ILatencySource
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<double>> MeasureAsync(BenchmarkContext context, IReadOnlyList<int> indices, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<double>>([.. indices.Select(index => context.LatencyMs[index])]);
}
