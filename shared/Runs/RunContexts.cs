using System.Collections.Concurrent;
using PelNas.Shared.Benchmarks;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Scoring.Accuracy;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Runs;

/// <summary>Makes the <see cref="RunContext"/> of a run. What depends on the request alone is computed once a process.</summary>
public sealed class RunContexts(IRunStore store, BenchmarkCatalog catalog)
{
    private readonly ConcurrentDictionary<(string Dataset, string Device, string? TableVersion, string Scheme, int Count), Lazy<PartitionMap>> _maps = new();
    private readonly ConcurrentDictionary<string, Lazy<FunctionTable>> _functions = new();

    /// <summary>The context of a planned run.</summary>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    public async Task<RunContext> GetAsync(string runId, CancellationToken cancellationToken)
        => await OfAsync(await store.GetRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId), cancellationToken);

    /// <summary>The context of a run's row, with the latency table that the run was planned with.</summary>
    public async Task<RunContext> OfAsync(RunRow run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        BenchmarkContext benchmark = await catalog.GetContextAsync(run.Request.Dataset, run.Request.Device, run.DeviceTable, cancellationToken);
        return new RunContext(run, benchmark, Map(run.Request, benchmark), Functions(run.Request.Dataset));
    }

    private FunctionTable Functions(string dataset) => _functions.GetOrAdd(
        dataset, _ => new Lazy<FunctionTable>(() => FunctionTable.Create(catalog.Tables.Space, TrainingFreeScores.Of(catalog.Tables, dataset)))).Value;

    /// <summary>The partitions that a valid request asks for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="benchmark">The context of its data set and device.</param>
    public PartitionMap Map(SearchRequest request, BenchmarkContext benchmark)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(benchmark);
        return _maps.GetOrAdd(
            (request.Dataset, request.Device, benchmark.TableVersion, request.PartitionScheme, request.Partitions),
            _ => new Lazy<PartitionMap>(() => PartitionSchemes.Create(
                request.PartitionScheme, request.Partitions, benchmark.Space, benchmark.LatencyMs))).Value;
    }
}
