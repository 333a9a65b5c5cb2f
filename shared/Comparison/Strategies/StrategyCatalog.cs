using Microsoft.Extensions.AI;
using PelNas.Shared.Comparison.Systems;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Proposer.Offline;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>All strategies that can be compared, by name.</summary>
public sealed class StrategyCatalog
{
    /// <summary>Name of the product's own search.</summary>
    public const string PelNas = "pel-nas";

    /// <summary>Makes the catalogue with the offline proposer.</summary>
    /// <param name="tables">Tables of the contexts.</param>
    /// <param name="prior">
    /// What the strategy <c>pel-nas-prior</c> is given before its first label, a file or <see cref="PriorSources.Transfer"/>; null without
    /// that strategy.
    /// </param>
    /// <param name="scores">Files with scores of searches that took no label; each is a system, by the name of its file.</param>
    /// <param name="space">The space that is searched; null for that of the tables.</param>
    /// <exception cref="BenchmarkFileException">A file of scores cannot be read.</exception>
    public StrategyCatalog(BenchmarkTables tables, string? prior = null, IReadOnlyList<string>? scores = null, ISearchSpace? space = null)
    {
        OfflineChatClient offline = new(space ?? tables.Space);
        Main =
        [
            new PelNasStrategy(PelNas, tables, offline),
            .. prior is not null and not PriorSources.None
                ? [Ablation("prior", tables, offline, request => request with { Prior = prior })]
                : Array.Empty<ISearchStrategy>(),
            new SurrogateEnumeration(tables, useScores: true),
            new SurrogateEnumeration(tables, useScores: false),
            new Nsga2(),
            new Moead(),
            new RegularizedEvolution(),
            new PartitionedEvolution(),
            new PartitionedRandom(),
            new RandomSearch(),
        ];
        Ablations =
        [
            Ablation(
                "no-partition", tables, offline,
                request => request with
                {
                    PartitionScheme = PartitionSchemes.None,
                    Partitions = 1,
                    ProposalsPerPartition = RequestLimits.MaxProposals,
                }),
            Ablation("latency-quantile", tables, offline, request => request with { PartitionScheme = PartitionSchemes.LatencyQuantile }),
            Ablation("no-heuristics", tables, offline, request => request with { UseHeuristics = false }),
            Ablation("paths", tables, offline, request => request with { Predictor = PredictorInputs.Paths }),
            Ablation("proxies", tables, offline, request => request with { Predictor = PredictorInputs.Proxies }),
            Ablation("no-proposer", tables, new SilentChatClient(),
                request => request with { UseHeuristics = false, Prior = PriorSources.None }),
            new SurrogateEnumeration(tables, useScores: true, oneLabelAFunction: true),
        ];

        // They are made for the cells of NAS-Bench-201.
        Systems = space is not null && space != tables.Space ? [] :
        [
            new PredictedRounds("delta-nas", 20, new DeltaNas()),
            new PredictedRounds("smem-nas", 20, new SmemNas(useVice: true)),
            new PredictedRounds("smem-nas-no-vice", 20, new SmemNas(useVice: false)),
            new PredictedRounds("flash", Flash.Founders, new Flash()),
            new L2Nas("l2nas", quantile: 0.9),
            new L2Nas("l2nas-median", quantile: 0.5),
            new Fnas("fnas", useDoubt: true),
            new Fnas("fnas-no-doubt", useDoubt: false),
            .. (scores ?? [])
                .Select(file => new PredictedRounds(Path.GetFileNameWithoutExtension(file), 0, ScoredFront.Read(file, tables.Space))),
        ];
    }

    /// <summary>The product's search and the lines to beat.</summary>
    public IReadOnlyList<ISearchStrategy> Main { get; }

    /// <summary>
    /// The product's search with one part left out or exchanged, and the strongest line to beat with its rule of one label a function.
    /// </summary>
    public IReadOnlyList<ISearchStrategy> Ablations { get; }

    /// <summary>Systems of other papers that buy labels from the table, each with its ablation.</summary>
    public IReadOnlyList<ISearchStrategy> Systems { get; }

    /// <summary>All of these.</summary>
    public IEnumerable<ISearchStrategy> All => Main.Concat(Ablations).Concat(Systems);

    /// <summary>Finds a strategy, or null.</summary>
    public ISearchStrategy? Find(string name) => All.FirstOrDefault(strategy => strategy.Name == name);

    private static PelNasStrategy Ablation(
        string what, BenchmarkTables tables, IChatClient chat, Func<SearchRequest, SearchRequest> variant)
        => new($"{PelNas}-{what}", tables, chat, variant);
}
