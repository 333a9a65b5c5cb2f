using System.Collections.Concurrent;
using PelNas.Shared.Benchmarks;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Scoring.Accuracy;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Runs;

/// <summary>Makes the <see cref="RunContext"/> of a run. What depends on the request alone is computed once a process.</summary>
public sealed class RunContexts(IRunStore store, BenchmarkTables tables)
{
    private readonly ConcurrentDictionary<(string Dataset, string Device, string Scheme, int Count), Lazy<PartitionMap>> _maps = new();
    private readonly Lazy<FeatureTable> _features = new(() => new FeatureTable(tables.Space));

    /// <summary>The context of a planned run.</summary>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    public async Task<RunContext> GetAsync(string runId, CancellationToken cancellationToken)
        => Of(await store.GetRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId));

    /// <summary>The context of a run's row.</summary>
    public RunContext Of(RunRow run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new RunContext(run, Benchmark(run.Request), Map(run.Request), _features.Value);
    }

    /// <summary>The partitions that a valid request asks for.</summary>
    public PartitionMap Map(SearchRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _maps.GetOrAdd(
            (request.Dataset, request.Device, request.PartitionScheme, request.Partitions),
            _ => new Lazy<PartitionMap>(() => PartitionSchemes.Create(
                request.PartitionScheme, request.Partitions, tables.Space, Benchmark(request).LatencyMs))).Value;
    }

    private BenchmarkContext Benchmark(SearchRequest request) => tables.GetContext(request.Dataset, request.Device);
}
