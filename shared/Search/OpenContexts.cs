using PelNas.Shared.Devices;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Search;

/// <summary>
/// Contexts of runs in open spaces: those of the sample that the plan draws, with the architectures that the run has come to look at since.
/// Within a generation a partition sees nothing of what the others propose, so that it goes the same way whatever their pace is.
/// </summary>
internal sealed class OpenContexts(RunHistories histories)
{
    // Each holds the features of some thousand architectures, 2 MB.
    private const int Capacity = 4;

    private readonly OldestFirstCache<(string RunId, DateTimeOffset StartedAt), RunContext> _planned = new(Capacity);
    private readonly OldestFirstCache<(string RunId, DateTimeOffset StartedAt, int Generation, int Rows), RunContext> _grown =
        new(Capacity);

    /// <summary>The context of a run as planned, where it is known.</summary>
    public RunContext? Planned(RunRow run)
        => _planned.TryGet((run.RunId, run.StartedAt), out RunContext? known) ? known with { Run = run } : null;

    /// <summary>Keeps the context of a run as planned.</summary>
    public RunContext Add(RunContext planned) => _planned.GetOrAdd((planned.Run.RunId, planned.Run.StartedAt), () => planned);

    /// <summary>A run at the start of a generation, with what earlier ones proposed, and once its pool has grown for it.</summary>
    public async Task<RunContext> BegunAsync(RunContext planned, int generation, CancellationToken cancellationToken)
    {
        IReadOnlyList<PoolRow> rows = await histories.PoolAsync(planned.Run, generation, [], cancellationToken);
        MeasuredCell[] told = planned.Request.IsLatencyTold()
            ? ToldLatencies.In(await histories.BeforeAsync(planned.Run, generation, cancellationToken))
            : [];
        return Grown(planned, rows, told, generation);
    }

    /// <summary>The same with what a partition proposed; the predictor's functions stay those of the start.</summary>
    public async Task<RunContext> ProposedAsync(RunContext planned, int generation, int partition, CancellationToken cancellationToken)
    {
        RunContext begun = await BegunAsync(planned, generation, cancellationToken);
        IReadOnlyList<PoolRow> rows = await histories.PoolAsync(planned.Run, generation, [partition], cancellationToken);
        return rows is [.., { Partition: not null } own] && own.Generation == generation
            ? With(begun, [.. Further(planned, rows, withoutPlaces: null).Skip(begun.Space.Size - planned.Space.Size)])
            : begun;
    }

    /// <summary>The context with more architectures, which the predictor does not know.</summary>
    public static RunContext With(RunContext context, IReadOnlyList<byte[]> further)
    {
        BenchmarkContext benchmark = context.Benchmark.Open!.Extend(context.Benchmark, further);
        return context with { Benchmark = benchmark, Map = context.Map.Extend(benchmark.Space, benchmark.LatencyMs) };
    }

    /// <summary>The partitions of the architectures that are looked at.</summary>
    public static PartitionMap Map(SearchRequest request, BenchmarkContext benchmark)
        => PartitionSchemes.Create(request.PartitionScheme, request.Partitions, benchmark.Space, benchmark.LatencyMs);

    /// <summary>What the predictor sees of them.</summary>
    public static FunctionTable Functions(SearchRequest request, BenchmarkContext benchmark)
        => FunctionTable.Create(benchmark.Space, Scores(request, benchmark.Space));

    /// <summary>The training-free scores that the predictor sees.</summary>
    public static IReadOnlyList<double[]> Scores(SearchRequest request, ISearchSpace space)
        => request.Predictor == PredictorInputs.Paths ? [] : TrainingFreeScores.OfCosts(space);

    private RunContext Grown(RunContext planned, IReadOnlyList<PoolRow> rows, MeasuredCell[] told, int generation)
    {
        if (rows.Count == 0 && told.Length == 0)
        {
            return planned;
        }

        RunContext grown = _grown.GetOrAdd((planned.Run.RunId, planned.Run.StartedAt, generation, rows.Count + told.Length), () =>
        {
            RunContext all = With(planned, Further(planned, rows, generation));
            return all with
            {
                Functions = Functions(all.Request, all.Benchmark),
                Benchmark = told.Length == 0 ? all.Benchmark : ToldLatencies.BelieveOpen(all.Benchmark, told),
            };
        });
        return grown with { Run = planned.Run };
    }

    private static IReadOnlyList<byte[]> Further(RunContext planned, IReadOnlyList<PoolRow> rows, int? withoutPlaces)
        => PoolRow.Further(rows, planned.Space.DecisionCount, planned.Run.Partitions.Count, withoutPlaces);
}
