using PelNas.Shared.Devices;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Search;

/// <summary>Makes the <see cref="RunContext"/> of a run. What depends on the request alone is computed once a process.</summary>
public sealed class RunContexts(RunRepository runs, BenchmarkCatalog catalog, RunHistories histories, LatencyEstimator estimator)
{
    // With fewer than there are searches under way, every step of theirs would make it again.
    private const int Capacity = 64;
    private const int BeliefCapacity = 16;

    private readonly OldestFirstCache<MapKey, PartitionMap> _maps = new(Capacity);
    private readonly OldestFirstCache<FunctionsKey, FunctionTable> _functions = new(Capacity);
    private readonly OldestFirstCache<string, RunPrior> _priors = new(Capacity);
    private readonly OldestFirstCache<(string RunId, DateTimeOffset StartedAt, int Told), BenchmarkContext> _believed = new(BeliefCapacity);
    private readonly OpenContexts _open = new(histories);

    /// <summary>
    /// The context of a planned run as it was before a generation, whose steps all begin with it, so that none continues a run that was
    /// deleted.
    /// </summary>
    /// <exception cref="RunNotFoundException">There is no such run, or it was deleted.</exception>
    public async Task<RunContext> GetAsync(string runId, int generation, CancellationToken cancellationToken)
        => await BegunAsync(await PlannedAsync(runId, cancellationToken), generation, cancellationToken);

    /// <summary>The same, and in an open space with what a generation proposed in a partition.</summary>
    /// <exception cref="RunNotFoundException">There is no such run, or it was deleted.</exception>
    public async Task<RunContext> ProposedAsync(string runId, int generation, int partition, CancellationToken cancellationToken)
    {
        RunContext planned = await PlannedAsync(runId, cancellationToken);
        return planned.Benchmark.Open is not null
            ? await _open.ProposedAsync(planned, generation, partition, cancellationToken)
            : await BegunAsync(planned, generation, cancellationToken);
    }

    /// <summary>The same, and in an open space with what a generation proposed in all partitions.</summary>
    /// <exception cref="RunNotFoundException">There is no such run, or it was deleted.</exception>
    public async Task<RunContext> ProposedAsync(string runId, int generation, CancellationToken cancellationToken)
    {
        RunContext planned = await PlannedAsync(runId, cancellationToken);
        return await BegunAsync(planned, planned.Benchmark.Open is not null ? generation + 1 : generation, cancellationToken);
    }

    /// <summary>
    /// The context of a run's row, with what is known of latencies by now: its table, as it was planned with or verified, or all that it
    /// was told.
    /// </summary>
    public async Task<RunContext> OfAsync(RunRow run, CancellationToken cancellationToken)
    {
        RunContext planned = await PlannedAsync(run, cancellationToken);
        if (run.VerifiedTable is { } version)
        {
            return planned with { Benchmark = await catalog.GetContextAsync(run.Request, version, cancellationToken) };
        }

        return planned.Benchmark.Open is not null ? await _open.BegunAsync(planned, int.MaxValue, cancellationToken)
            : planned.Request.IsLatencyTold() ? Believe(planned, await runs.GetHistoryAsync(run.RunId, cancellationToken))
            : planned;
    }

    /// <summary>A run at the start of a generation.</summary>
    private async Task<RunContext> BegunAsync(RunContext planned, int generation, CancellationToken cancellationToken)
        => planned.Benchmark.Open is not null ? await _open.BegunAsync(planned, generation, cancellationToken)
            : planned.Request.IsLatencyTold() ? Believe(planned, await histories.BeforeAsync(planned.Run, generation, cancellationToken))
            : planned;

    private RunContext Believe(RunContext planned, RunHistory history)
    {
        MeasuredCell[] told = ToldLatencies.In(history);
        return planned with
        {
            Benchmark = _believed.GetOrAdd(
                (planned.Run.RunId, planned.Run.StartedAt, told.Length), () => ToldLatencies.Believe(planned.Benchmark, told, estimator)),
        };
    }

    private async Task<RunContext> PlannedAsync(string runId, CancellationToken cancellationToken)
        => await PlannedAsync(await runs.GetAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId), cancellationToken);

    private async Task<RunContext> PlannedAsync(RunRow run, CancellationToken cancellationToken)
    {
        if (_open.Planned(run) is { } known)
        {
            return known;
        }

        BenchmarkContext benchmark = await catalog.GetContextAsync(run.Request, run.DeviceTable, cancellationToken);
        RunContext context = new(run, benchmark, Map(run.Request, benchmark), Functions(run.Request, benchmark));
        return benchmark.Open is not null ? _open.Add(context)
            : await PriorAsync(context, cancellationToken) is { } prior
            ? context with { Prior = prior.Prior, Functions = prior.Functions, SeedOrder = prior.SeedOrder, PriorAnswers = prior.Answers }
            : context;
    }

    /// <summary>What a run's prior, which is written once, makes of the functions; null before it was requested.</summary>
    private async Task<RunPrior?> PriorAsync(RunContext context, CancellationToken cancellationToken)
    {
        if (_priors.TryGet(context.Run.RunId, out RunPrior? known))
        {
            return known;
        }

        PriorRow? row = context.Request.Prior == PriorSources.None
            ? new PriorRow { Source = PriorSources.None }
            : await runs.GetPriorAsync(context.Run.RunId, cancellationToken);
        return row is null ? null : _priors.GetOrAdd(context.Run.RunId, () => Evaluate(context, row));
    }

    private RunPrior Evaluate(RunContext context, PriorRow row)
    {
        AccuracyPrior prior = AccuracyPrior.Evaluate(
            row.Content, CellTraits.For(context.Space), context.Functions, context.Benchmark.LatencyMs, IsAllowed);

        // A search that computes its scores knows none of them yet, and other spaces have no proxies.
        bool hasScores = context.Request.ScoresFrom() == ProxyScoreSources.Table && context.Space == catalog.Tables.Space;
        return new RunPrior(
            prior,
            prior.AddTo(context.Functions, []),
            prior.Ranked.Count == 0 && hasScores ? SeedOrder.Of(context.Functions, context.Benchmark.LatencyMs, IsAllowed) : [],
            row.Answers);

        bool IsAllowed(int index) => context.Benchmark.IsFeasible(index) && context.WhyOverConstraint(index) is null;
    }

    private sealed record RunPrior(AccuracyPrior Prior, FunctionTable Functions, IReadOnlyList<int> SeedOrder, AnswerTally Answers);

    /// <summary>Reads every table that a valid request needs, so that one that is damaged is found before the search starts.</summary>
    /// <exception cref="DataFileException">A table is missing or damaged.</exception>
    public async Task LoadTablesAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        Functions(request, await catalog.GetContextAsync(request, tableVersion: null, cancellationToken));
    }

    private FunctionTable Functions(SearchRequest request, BenchmarkContext benchmark)
    {
        // A predictor on paths alone does without the scores, and so without their table.
        FunctionsKey key = new(benchmark.Space, benchmark.Shape, request.Predictor != PredictorInputs.Paths);
        return benchmark.Open is not null
            ? OpenContexts.Functions(request, benchmark)
            : _functions.GetOrAdd(key, () => FunctionTable.Create(
                key.Space, key.UsesScores ? TrainingFreeScores.Of(catalog.Tables, key.Space, key.Shape) : []));
    }

    /// <summary>The partitions that a valid request asks for.</summary>
    /// <param name="benchmark">The context of its data set and device.</param>
    public PartitionMap Map(SearchRequest request, BenchmarkContext benchmark)
    {
        MapKey key = new(
            benchmark.Space, request.Dataset, benchmark.Shape, request.Device, benchmark.TableVersion, request.PartitionScheme,
            request.Partitions);
        return benchmark.Open is not null
            ? OpenContexts.Map(request, benchmark)
            : _maps.GetOrAdd(key, () => PartitionSchemes.Create(key.Scheme, key.Count, key.Space, benchmark.LatencyMs));
    }

    private sealed record FunctionsKey(ISearchSpace Space, DatasetShape Shape, bool UsesScores);

    private sealed record MapKey(
        ISearchSpace Space, string Dataset, DatasetShape Shape, string Device, string? TableVersion, string Scheme, int Count);
}
