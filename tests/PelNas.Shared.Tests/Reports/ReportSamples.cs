namespace PelNas.Shared.Tests.Reports;

/// <summary>A made-up but complete run: six partitions, eleven generations, 120 labels.</summary>
internal static class ReportSamples
{
    public const string RunId = "20260301-120000-cifar10-fpga-s1";
    private const int Generations = 10;
    private static readonly string[] Operations = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"];
    private static readonly string[] Reasons = ["duplicate", "outside-partition", "illegal"];
    private static readonly string[] Rules =
    [
        "no nor_conv_3x3 and no nor_conv_1x1", "no nor_conv_3x3, at least one nor_conv_1x1", "exactly one nor_conv_3x3",
        "exactly two nor_conv_3x3", "exactly three nor_conv_3x3", "four or more nor_conv_3x3",
    ];

    private static readonly int[] Sizes = [729, 3367, 6144, 3840, 1280, 265];

    public static FrontQuality Quality { get; } = new()
    {
        Hypervolume = 0.9312,
        HypervolumeRatio = 0.9941,
        Igd = 0.0123,
        FrontHitRate = 0.4375,
        TrueFrontSize = 32,
        LiveHypervolumeRatio = 0.962,
        LiveIgd = 0.0311,
        LiveFrontHitRate = 0.4,
    };

    public static IReadOnlyList<PlotPoint> ExactFront { get; } =
        [.. Enumerable.Range(0, 24).Select(i => new PlotPoint(0.5 + (i * 0.33), 94.4 - (5.2 * Math.Exp(-i / 5.0)))),
            new PlotPoint(0.2, 40)];

    /// <summary>Writes the run into a store.</summary>
    public static async Task WriteAsync(RunRepository runs, CancellationToken cancellationToken)
    {
        RunContent content = Content();
        ILookup<int, RoundRow> rounds = content.Rounds.ToLookup(round => round.Generation);
        await runs.AddAsync(content.Run, cancellationToken);
        await runs.WriteAsync(RunId, rounds.SelectMany(generation => RowsOf(content, generation.Key, [.. generation])), cancellationToken);
    }

    private static IEnumerable<IGenerationRow> RowsOf(RunContent content, int generation, RoundRow[] rounds)
    {
        foreach (RoundRow round in rounds.Where(round => round.Partition != RoundRow.WholeRun))
        {
            PartitionContent partition = content.Partitions[round.Partition];
            CandidateRow[] candidates = [.. partition.Candidates.Where(candidate => candidate.Generation == generation)];
            yield return new ProposalsRow(round, [.. candidates.Select(Proposed)]);
            yield return new ScoresRow(round.Partition, generation, candidates);
            HeuristicsRow last = partition.Heuristics!;
            yield return generation == Generations ? last : last with { Generation = generation, Rules = [] };
        }

        RoundRow whole = rounds.Single(round => round.Partition == RoundRow.WholeRun);
        IEnumerable<CandidateRow> labelled = content.Partitions.SelectMany(partition => partition.Labelled);
        yield return new LabelsRow(generation, [.. labelled.Where(candidate => candidate.LabelledGeneration == generation)]);
        yield return new FrontRow(whole, generation == Generations ? content.Front! : new Front(generation, []), 0, 0, []);
    }

    private static CandidateRow Proposed(CandidateRow candidate)
        => new() { Index = candidate.Index, Generation = candidate.Generation, Origin = candidate.Origin, Rationale = candidate.Rationale };

    public static RunContent Content(string proposer = "azure-openai/gpt-4.1-mini")
    {
        PartitionContent[] partitions = [.. Enumerable.Range(0, 6).Select(Partition)];
        return new RunContent(
            new RunRow
            {
                RunId = RunId,
                Request = new SearchRequest { Dataset = "cifar10", Device = "fpga", Seed = 1 },
                Partitions = [.. partitions.Select(partition => partition.Plan)],
                Proposer = proposer,
                Predictor = "gaussian-process on paths",
                StartedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
                FinishedAt = new DateTimeOffset(2026, 3, 1, 12, 3, 12, TimeSpan.Zero),
                StopReason = "labels",
                Price = new ModelPrice("gpt-4.1-mini", 0.4, 1.6, "2025-08-31"),
            },
            partitions,
            [.. Rounds()],
            FrontOf(partitions));
    }

    /// <summary>The run when it had been planned and no more.</summary>
    public static RunContent Begun()
    {
        RunContent content = Content();
        return content with
        {
            Run = content.Run with { FinishedAt = null, StopReason = null },
            Partitions = [.. content.Partitions.Select(partition => partition with { Candidates = [], HeuristicsByGeneration = [] })],
            Rounds = [],
            Front = null,
        };
    }

    private static PartitionContent Partition(int id)
    {
        Random random = SeededRandom.For(1, "report-sample", id);
        // 20 labelled and 30 that are only scored; the second of partition 0 is a dead cell at chance level.
        CandidateRow[] candidates = [.. Enumerable.Range(0, 50).Select(i =>
        {
            double latency = 0.6 + (id * 1.2) + (2.2 * random.NextDouble());
            double accuracy = 94 - (6 * Math.Exp(-latency / 2)) - (3 * Math.Pow(random.NextDouble(), 2));
            bool dead = id == 0 && i == 1;
            return new CandidateRow
            {
                Index = (id * 2500) + (i * 37),
                Generation = i % (Generations + 1),
                Origin = i % (Generations + 1) == 0 ? "seed" : "mutation",
                Rationale = "Cheaper edge into the output node.",
                PredictedAccuracy = i % (Generations + 1) == 0 ? null : accuracy + (random.NextDouble() - 0.5),
                LatencyMs = dead ? 0.35 : latency,
                Accuracy = i >= 20 ? null : dead ? 10 : accuracy,
                LabelledGeneration = i >= 20 ? null : i % (Generations + 1),
            };
        })];
        HeuristicsRow heuristics = new()
        {
            Partition = id,
            Generation = Generations,
            Usage = new ChatUsage(1, 900, 300, 0.0008),
            Rules =
            [
                new Heuristic("positive", "Keep skip_connect on 0->3 and put the heavy operation on 2->3.",
                    "4 of the 5 best labelled cells share it; mean 93.6 %, 2.1 ms.", 0.85, "0->3", "skip_connect"),
                new Heuristic("positive", "Replace avg_pool_3x3 by skip_connect where the other input is a convolution.",
                    "Accuracy rises 0.4 points at equal latency in three pairs.", 0.6, null, "avg_pool_3x3"),
                new Heuristic("negative", "Do not leave node 3 with a single live path.", "Both such cells fell below 90 %.", 0.7),
            ],
        };
        return new PartitionContent(new PartitionPlan(id, Rules[id], Sizes[id]), candidates, [heuristics]);
    }

    private static IEnumerable<RoundRow> Rounds()
    {
        for (int partition = RoundRow.WholeRun; partition < 6; partition++)
        {
            for (int generation = 0; generation <= Generations; generation++)
            {
                bool whole = partition == RoundRow.WholeRun;
                yield return new RoundRow
                {
                    Partition = partition,
                    Generation = generation,
                    Accepted = whole ? 120 : 20,
                    FilledIn = !whole && generation % 4 == 1 ? 2 : 0,
                    Rejected = whole || generation == 0 ? [] : [.. Reasons.SelectMany((reason, place) =>
                        Enumerable.Repeat(new RejectedProposal("|none~0|", reason, "Detail."), 3 - place))],
                    Labels = 2,
                    Archive = 1 + (generation / 2),
                    Hypervolume = whole ? 0.983 - (0.023 * Math.Exp(-generation / 2.5)) : null,
                    Usage = generation == 0 ? ChatUsage.None : new ChatUsage(2, 2_100, 640, 0.0019),
                };
            }
        }
    }

    private static Front FrontOf(IEnumerable<PartitionContent> partitions)
    {
        List<FrontPoint> front = [];
        foreach ((CandidateRow candidate, int partition) in partitions
            .SelectMany(partition => partition.Labelled.Select(candidate => (candidate, partition.Plan.Id)))
            .OrderBy(pair => pair.candidate.LatencyMs))
        {
            if (front.Count == 0 || candidate.Accuracy > front[^1].Accuracy)
            {
                front.Add(new FrontPoint
                {
                    Index = candidate.Index,
                    Architecture = Architecture(candidate.Index),
                    Accuracy = candidate.Accuracy!.Value,
                    ValidationAccuracy = candidate.Accuracy!.Value,
                    TestAccuracy = candidate.Accuracy!.Value + 2.5,
                    PredictedAccuracy = candidate.PredictedAccuracy,
                    LatencyMs = candidate.LatencyMs!.Value,
                    ParamsM = 0.07 + (0.2 * partition),
                    FlopsM = 7.8 + (30.1 * partition),
                    Partition = partition,
                    Generation = candidate.Generation!.Value,
                });
            }
        }

        return new Front(Generations, front);
    }

    private static string Architecture(int number)
    {
        string Operation(int edge) => Operations[number / (int)Math.Pow(5, edge) % 5];
        return $"|{Operation(0)}~0|+|{Operation(1)}~0|{Operation(2)}~1|+|{Operation(3)}~0|{Operation(4)}~1|{Operation(5)}~2|";
    }

    /// <summary>A run in which every text that comes from outside is the given one.</summary>
    public static RunContent WithTexts(string text)
    {
        RunContent content = Content();
        PartitionContent first = content.Partitions[0];
        first = first with
        {
            Plan = new PartitionPlan(0, text, 5),
            Candidates = [.. first.Candidates.Select(candidate => candidate with { Rationale = text, Origin = text })],
            HeuristicsByGeneration = [first.Heuristics! with { Rules = [new Heuristic(text, text, text, 0.5, text, text)] }],
        };
        return content with
        {
            Run = content.Run with
            {
                Proposer = text,
                Predictor = text,
                StopReason = text,
                Request = content.Run.Request with { Dataset = text, Device = text, PartitionScheme = text },
            },
            Partitions = [first],
            Rounds = [.. content.Rounds.Select(round => round with { Rejected = [new RejectedProposal(text, text, text)] })],
        };
    }
}
