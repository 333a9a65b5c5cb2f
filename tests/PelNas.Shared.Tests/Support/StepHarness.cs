using Microsoft.Extensions.Options;
namespace PelNas.Shared.Tests.Support;

/// <summary>The steps of a search, called one by one as the orchestrations would. Two on the same rows are two processes.</summary>
public sealed class StepHarness
{
    public const string RunId = "20260102-030405-test";

    public static readonly BenchmarkTables Tables = BenchmarkTables.OpenDefault();

    public static readonly LatencyEstimator Estimator = new(Tables);

    /// <summary>What the steps are asked for where a test says nothing else.</summary>
    public static readonly SearchRequest Fpga = new() { Dataset = "cifar10", Device = "fpga" };

    private readonly BenchmarkCatalog _catalog;
    private readonly RunContexts _contexts;
    private readonly ComputedScores _scores;
    private readonly PredictorCache _predictors;
    private readonly ProposerClient _proposer;

    public StepHarness(IChatClient? chat = null, IProxyScorers? proxies = null, IRowStore? rows = null)
    {
        Rows = rows ?? new MemoryRowStore();
        Runs = new RunRepository(Rows);
        Labels = new LabelRepository(Rows);
        Histories = new RunHistories(Runs);
        Proxies = proxies ?? new TorchProxyScorers();
        _catalog = new BenchmarkCatalog(Tables, new DeviceRepository(Rows));
        _scores = new ComputedScores(new ProxyScoreRepository(Rows), Proxies, Tables.Space, new ImagesRoot(""));
        _predictors = new PredictorCache(_scores);
        _contexts = new RunContexts(Runs, _catalog, Histories, Estimator);
        _proposer = new ProposerClient(chat ?? new OfflineChatClient(Tables.Space));
    }

    public IRowStore Rows { get; }

    public RunRepository Runs { get; }

    public LabelRepository Labels { get; }

    public RunHistories Histories { get; }

    public IProxyScorers Proxies { get; }

    public IAccuracyOracle Oracle { get; set; } = new TabularOracle();

    public SearchRequestValidator Validator => new(_catalog, Proxies, () => _proposer);

    /// <summary>The cell of a notation.</summary>
    public static int Index(string architecture)
        => Tables.Space.TryParse(architecture, out int index, out string? error) ? index : throw new ArgumentException(error);

    public Task<IReadOnlyList<PartitionPlan>> PlanAsync(SearchRequest? request = null)
        => new SearchPlanner(Runs, _catalog, _contexts, Validator, _proposer, _scores)
            .PlanAsync(RunId, request ?? Fpga, DateTimeOffset.UnixEpoch, Cancellation);

    public Task<ProposalCounts> AskPriorAsync()
        => new PriorAsker(Runs, _contexts, new Spending(Runs), _proposer, new TransferLabels(Runs)).AskAsync(RunId, Cancellation);

    public Task<int> GrowAsync(int generation)
        => new PoolGrower(_contexts, Histories, _predictors).GrowAsync(RunId, generation, Cancellation);

    public Task<ProposalCounts> SeedAsync(int partition, ChatProviderOptions? options = null)
        => new PartitionSeeder(_contexts, Histories, _proposer, Options.Create(options ?? new ChatProviderOptions()))
            .SeedAsync(RunId, partition, Cancellation);

    public Task<HeuristicsRow> UpdateHeuristicsAsync(int partition, int generation)
        => new HeuristicsUpdater(_contexts, Histories, new PredictorCache(_scores), new Spending(Runs), _proposer)
            .UpdateAsync(RunId, partition, generation, Allowance.Unlimited, Cancellation);

    public Task<ProposalCounts> MutateAsync(int partition, int generation)
        => new ArchitectureMutator(_contexts, Histories, _predictors, new Spending(Runs), _proposer)
            .MutateAsync(RunId, partition, generation, Allowance.Unlimited, Cancellation);

    public Task<IReadOnlyList<CandidatePrediction>> ScoreZeroCostAsync(int partition, int generation)
        => new ZeroCostScorer(_contexts, Histories, _predictors, _scores).ScoreAsync(RunId, partition, generation, Cancellation);

    public Task<IReadOnlyList<CandidateLatency>> ScoreLatencyAsync(int partition, int generation)
        => new LatencyScorer(_contexts, Histories).ScoreAsync(RunId, partition, generation, Cancellation);

    public Task<int> UpdateArchiveAsync(
        int partition, int generation, IReadOnlyList<CandidatePrediction> predictions, IReadOnlyList<CandidateLatency> latencies)
        => new ArchiveUpdater(_contexts, Histories).UpdateAsync(RunId, partition, generation, predictions, latencies, Cancellation);

    public async Task<int> ChooseLabelsAsync(int generation) => (await ChooseOrAskAsync(generation)).Paid;

    public Task<LabelChoice> ChooseOrAskAsync(int generation, bool isLast = false)
        => new LabelChooser(_contexts, Histories, _predictors, Oracle, Labels, TimeProvider.System)
            .ChooseAsync(RunId, generation, isLast, Cancellation);

    public Task<GenerationFront> PublishAsync(int generation)
        => new FrontPublisher(_contexts, Histories, _predictors).PublishAsync(RunId, generation, Cancellation);

    public Task<RunContext> ContextAsync(int generation = 0) => _contexts.GetAsync(RunId, generation, Cancellation);

    public Task<RunHistory> HistoryAsync() => Runs.GetHistoryAsync(RunId, Cancellation);

    public async Task<IReadOnlyList<RunCandidate>> CandidatesAsync() => (await HistoryAsync()).Candidates();

    public async Task<CandidateRow[]> LabelledAsync()
        => [.. (await CandidatesAsync()).Select(candidate => candidate.Row).Where(row => row.Accuracy is not null)];

    public async Task<RoundRow> RoundAsync(int partition, int generation)
        => (await HistoryAsync()).Rounds.Single(round => round.Partition == partition && round.Generation == generation);

    /// <summary>Proposes candidates of a partition: seeds, or with the proposer.</summary>
    public async Task<ProposalCounts> ProposeAsync(int partition, int generation, bool useHeuristics = true)
    {
        if (generation == 0)
        {
            return await SeedAsync(partition);
        }

        if (useHeuristics)
        {
            await UpdateHeuristicsAsync(partition, generation);
        }

        return await MutateAsync(partition, generation);
    }

    /// <summary>Keeps predictions and latencies of what a partition has proposed.</summary>
    public async Task<int> ScoreAsync(int partition, int generation) => await UpdateArchiveAsync(
        partition, generation, await ScoreZeroCostAsync(partition, generation), await ScoreLatencyAsync(partition, generation));

    /// <summary>Runs all partitions through a number of generations after the seed population.</summary>
    /// <param name="generations">How many.</param>
    /// <param name="request">The request.</param>
    /// <param name="isReversed">Whether the last partition goes first.</param>
    public async Task SearchAsync(int generations, SearchRequest? request = null, bool isReversed = false)
    {
        IReadOnlyList<PartitionPlan> plans = await PlanAsync(request);
        if (request?.Prior == PriorSources.Llm)
        {
            await AskPriorAsync();
        }

        for (int generation = 0; generation <= generations; generation++)
        {
            if (generation > 0 && request?.Space is not null)
            {
                await GrowAsync(generation);
            }

            foreach (PartitionPlan plan in isReversed ? plans.Reverse() : plans)
            {
                await ProposeAsync(plan.Id, generation, request?.UseHeuristics ?? true);
                await ScoreAsync(plan.Id, generation);
            }

            await ChooseLabelsAsync(generation);
            await PublishAsync(generation);
        }
    }
}
