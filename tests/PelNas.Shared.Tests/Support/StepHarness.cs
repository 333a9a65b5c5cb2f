using Microsoft.Extensions.AI;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor;
using PelNas.Shared.Proposer;
using PelNas.Shared.Proposer.Offline;
using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;
using PelNas.Shared.Tables;
using PelNas.Shared.Torch;

namespace PelNas.Shared.Tests.Support;

/// <summary>The steps of a search on a real store, called one by one as the orchestrations would.</summary>
public sealed class StepHarness : IDisposable
{
    public const string RunId = "20260102-030405-test";

    public static readonly BenchmarkTables Tables = BenchmarkTables.OpenDefault();

    private readonly TemporaryDirectory _folder = new();
    private readonly BenchmarkCatalog _catalog;
    private readonly RunContexts _contexts;
    private readonly ComputedScores _scores;
    private readonly PredictorCache _predictors;
    private readonly ProposerClient _proposer;

    public StepHarness(IChatClient? chat = null, IProxyScorers? proxies = null)
    {
        Store = new SqliteRunStore(_folder.File("store.db"));
        _catalog = new BenchmarkCatalog(Tables, Store);
        Proxies = proxies ?? new TorchProxyScorers();
        _scores = new ComputedScores(Store, Proxies, Tables.Space);
        _predictors = new PredictorCache(_scores);
        _contexts = new RunContexts(Store, _catalog);
        _proposer = new ProposerClient(chat ?? new OfflineChatClient(Tables.Space));
    }

    public SqliteRunStore Store { get; }

    public IProxyScorers Proxies { get; }

    public IAccuracyOracle Oracle { get; set; } = new TabularOracle();

    public SearchRequestValidator Validator => new(_catalog, Proxies, () => _proposer);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<IReadOnlyList<PartitionPlan>> PlanAsync(SearchRequest? request = null)
        => new SearchPlanner(Store, _catalog, _contexts, Validator, _proposer)
            .PlanAsync(RunId, request ?? new SearchRequest { Dataset = "cifar10", Device = "fpga" }, DateTimeOffset.UnixEpoch, Cancellation);

    public Task<ProposalCounts> AskPriorAsync()
        => new PriorAsker(Store, _contexts, _proposer, new TransferLabels(Store)).AskAsync(RunId, Cancellation);

    public Task<ProposalCounts> SeedAsync(int partition) => new PartitionSeeder(Store, _contexts).SeedAsync(RunId, partition, Cancellation);

    public Task<HeuristicsRow> UpdateHeuristicsAsync(int partition, int generation)
        => new HeuristicsUpdater(Store, _contexts, new PredictorCache(_scores), _proposer).UpdateAsync(RunId, partition, generation, Cancellation);

    public Task<ProposalCounts> MutateAsync(int partition, int generation)
        => new ArchitectureMutator(Store, _contexts, _predictors, _proposer).MutateAsync(RunId, partition, generation, Cancellation);

    public Task<int> ScoreZeroCostAsync(int partition, int generation)
        => new ZeroCostScorer(Store, _contexts, _predictors, _scores).ScoreAsync(RunId, partition, generation, Cancellation);

    public Task<int> ScoreLatencyAsync(int partition, int generation)
        => new LatencyScorer(Store, _contexts, new TableLatencySource()).ScoreAsync(RunId, partition, generation, Cancellation);

    public Task<int> ChooseLabelsAsync(int generation)
        => new LabelChooser(Store, _contexts, _predictors, Oracle).ChooseAsync(RunId, generation, Cancellation);

    public Task<int> UpdateArchiveAsync(int partition, int generation)
        => new ArchiveUpdater(Store).UpdateAsync(RunId, partition, generation, Cancellation);

    public Task<GenerationFront> PublishAsync(int generation) => new FrontPublisher(Store, _contexts, _predictors).PublishAsync(RunId, generation, Cancellation);

    public Task<RunContext> ContextAsync() => _contexts.GetAsync(RunId, Cancellation);

    public async Task<IReadOnlyList<RunCandidate>> CandidatesAsync()
        => (await RunCandidates.LoadAsync(Store, (await Store.GetRunAsync(RunId, Cancellation))!, beforeGeneration: 0, Cancellation)).All;

    /// <summary>Runs all partitions through a number of generations after the seed population.</summary>
    public async Task SearchAsync(int generations, SearchRequest? request = null)
    {
        IReadOnlyList<PartitionPlan> plans = await PlanAsync(request);
        bool heuristics = request?.UseHeuristics ?? true;
        for (int generation = 0; generation <= generations; generation++)
        {
            foreach (PartitionPlan plan in plans)
            {
                if (generation == 0)
                {
                    await SeedAsync(plan.Id);
                }
                else
                {
                    if (heuristics)
                    {
                        await UpdateHeuristicsAsync(plan.Id, generation);
                    }

                    await MutateAsync(plan.Id, generation);
                }

                await ScoreZeroCostAsync(plan.Id, generation);
                await ScoreLatencyAsync(plan.Id, generation);
            }

            await ChooseLabelsAsync(generation);
            await PublishAsync(generation);
            foreach (PartitionPlan plan in plans)
            {
                await UpdateArchiveAsync(plan.Id, generation);
            }
        }
    }

    public void Dispose()
    {
        (Store as IDisposable)?.Dispose();
        _folder.Dispose();
    }
}
