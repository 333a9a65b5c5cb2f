using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using PelNas.Shared.Predictor;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Proposer;
using PelNas.Shared.Records;
using PelNas.Shared.Reports;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Rows;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>
/// The product's own search, by the steps that the app's activities call (<see cref="InProcessSearch"/>), on a store of its own in
/// memory. An ablation is the same strategy with another request or another proposer.
/// </summary>
internal sealed class PelNasStrategy : ISearchStrategy
{
    private readonly BenchmarkTables _tables;
    private readonly IChatClient _chat;
    private readonly Func<SearchRequest, SearchRequest> _variant;

    /// <summary>Makes the strategy.</summary>
    /// <param name="name">Name in results.</param>
    /// <param name="tables">Tables of the contexts.</param>
    /// <param name="variant">Turns the default request into that of an ablation; null for the search as users run it.</param>
    public PelNasStrategy(string name, BenchmarkTables tables, IChatClient chat, Func<SearchRequest, SearchRequest>? variant = null)
    {
        Name = name;
        Proposer = new ProposerClient(chat).Name;
        _tables = tables;
        _chat = chat;
        _variant = variant ?? (request => request);
    }

    public string Name { get; }

    /// <remarks>No: how many labels a generation may pay depends on the budget.</remarks>
    public bool IsAnytime => false;

    public string? Proposer { get; }

    public async Task SearchAsync(SearchTrial trial, CancellationToken cancellationToken)
    {
        MemoryRowStore rows = new();
        await using ServiceProvider services = Services(_tables, rows, _chat, trial.Time, new LedgerOracle(trial));
        SearchRequest request = _variant(new SearchRequest
        {
            Space = trial.Space == _tables.Space ? null : trial.Space.Name,
            Dataset = trial.Dataset,
            Device = trial.Device,
            Seed = trial.Seed,
            MaxLabels = trial.Ledger.Budget,
            LabelsFrom = trial.Ledger.LabelsFrom,

            // As every other strategy may: the exact front of some devices begins with such a cell.
            LabelPathless = true,
        });
        if (request.Prior == PriorSources.Transfer)
        {
            await SearchElsewhereAsync(trial, rows, cancellationToken);
        }

        string runId = RunIds.Create(trial.Time.GetUtcNow(), "benchmark");
        await services.GetRequiredService<InProcessSearch>().RunAsync(runId, request, trial.Time, cancellationToken);
        RunContent content = (await RunContent.LoadAsync(services.GetRequiredService<RunRepository>(), runId, cancellationToken))!;
        Count(trial, content, await services.GetRequiredService<RunContexts>().OfAsync(content.Run, cancellationToken));
    }

    /// <summary>What the steps of a search need, in one process.</summary>
    internal static ServiceProvider Services(
        BenchmarkTables tables, IRowStore rows, IChatClient chat, TimeProvider time, IAccuracyOracle oracle) => new ServiceCollection()
        .AddSingleton(tables)
        .AddSingleton(rows)
        .AddRepositories()
        .AddSingleton(chat)
        .AddSingleton(time)
        .AddSingleton(oracle)
        .AddSearchEngine()
        .BuildServiceProvider();

    /// <summary>
    /// The earlier search whose labels are transferred: a default one on another data set, on the same device where that has tables. Its
    /// labels were paid for another purpose and are not the trial's.
    /// </summary>
    private async Task SearchElsewhereAsync(SearchTrial trial, MemoryRowStore rows, CancellationToken cancellationToken)
    {
        (string dataset, string device) = ContextGroups.Find(ContextGroups.All)!
            .Where(pair => pair.Dataset != trial.Dataset).OrderByDescending(pair => pair.Device == trial.Device).First();
        await using ServiceProvider services = Services(_tables, rows, _chat, trial.Time, new TabularOracle());
        SearchRequest request = new() { Dataset = dataset, Device = device, Seed = trial.Seed, Prior = PriorSources.None };
        await services.GetRequiredService<InProcessSearch>()
            .RunAsync(RunIds.Create(trial.Time.GetUtcNow(), "earlier"), request, trial.Time, cancellationToken);
    }

    private static void Count(SearchTrial trial, RunContent content, RunContext context)
    {
        LabelLedger ledger = trial.Ledger;
        if (!Resolve(content.Labelled).Order().SequenceEqual(ledger.Entries.Select(entry => entry.Index).Order()))
        {
            throw new InvalidOperationException(
                $"The search holds labels that it has not paid for, or paid for labels that it lost: {content.Labelled.Count()} held, "
                    + $"{ledger.Entries.Count} paid.");
        }

        SearchCounts counts = SearchResultBuilder.Build(content, quality: null).Counts;

        // An answer without proposals counts as unusable; of a proposer that is left out it says nothing.
        ledger.CountInvalid(content.Run.Proposer == SilentChatClient.ProviderName ? 0 : counts.Invalid);
        ledger.CountDuplicates(counts.Duplicates);
        CandidateRow[] candidates = [.. content.Partitions.SelectMany(partition => partition.Candidates)];

        // To propose some, the predictor looks at every cell with a live path that the device can run.
        IEnumerable<int> scored = Array.Exists(candidates, candidate => candidate.Origin == CandidateOrigin.Predictor)
            ? Enumerable.Range(0, context.Space.Size).Where(cell => context.Benchmark.IsFeasible(cell) && context.Space.IsConnected(cell))
            : [];
        foreach (int cell in Resolve(candidates.Select(candidate => candidate.Index).Concat(scored)))
        {
            ledger.CountScored(cell);
        }

        ILookup<string, CandidateRow> labelled = candidates.Where(candidate => candidate.Accuracy is not null)
            .ToLookup(candidate => candidate.Origin ?? CandidateOrigin.Seed);
        int seeds = labelled[CandidateOrigin.Seed].Count();
        int operators = labelled[CandidateOrigin.Operator].Count();
        int predicted = labelled[CandidateOrigin.Predictor].Count();
        int prior = labelled[CandidateOrigin.Prior].Count();
        ledger.Origins = new LabelOrigins(seeds, ledger.Entries.Count - seeds - operators - predicted - prior, operators, predicted, prior);

        // In an open space a run has indices of its own.
        int[] Resolve(IEnumerable<int> indices) => trial.Resolve([.. indices.Select(index => context.Space.Genotype(index).ToArray())]);
    }
}
