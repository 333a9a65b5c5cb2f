namespace PelNas.Shared.Tests.Storage;

/// <summary>Rows for tests, with every field set.</summary>
internal static class StoreSamples
{
    public const string RunId = "20260301-120000-cifar10-fpga";

    public static RunRow Run(string runId = RunId) => new()
    {
        RunId = runId,
        Request = new SearchRequest
        {
            Dataset = "cifar10",
            Device = "fpga",
            Seed = 7,
            MaxUsd = 1.25,
            MaxLatencyMs = 5.5,
            MaxParamsM = 0.7,
            MaxLlmCalls = 40,
        },
        Partitions =
        [
            new PartitionPlan(0, "no 3x3 convolution, no 1x1 convolution", 729),
            new PartitionPlan(1, "no 3x3 convolution, some 1x1 convolution", 3367),
        ],
        Proposer = "offline",
        Predictor = "gaussian-process on paths",
        StartedAt = new DateTimeOffset(2026, 3, 1, 13, 0, 0, 123, TimeSpan.FromHours(1)),
        FinishedAt = new DateTimeOffset(2026, 3, 1, 12, 3, 0, TimeSpan.Zero),
        StopReason = "generations",
    };

    /// <summary>A candidate with all that a run may come to know of it.</summary>
    public static CandidateRow Candidate(int index) => new()
    {
        Index = index,
        Generation = 3,
        Origin = "crossover",
        Rationale = "skip on 0->3 keeps it fast",
        PredictedAccuracy = 93.1,
        PredictedDeviation = 0.1 + 0.2,
        LatencyMs = 1.0 / 3,
        Accuracy = 92.875,
        LabelledGeneration = 3,
    };

    private static AnswerTally Answers { get; } = new(
        3,
        [new UnusableAnswers(UnusableKind.EmptyList, 2, "{\"rules\":[]} \U0001F9E0"),
            new UnusableAnswers(UnusableKind.Refusal, 1, "I can't.")]);

    public static RoundRow Round(int partition, int generation) => new()
    {
        Partition = partition,
        Generation = generation,
        Accepted = 20,
        FilledIn = 2,
        Rejected = [new RejectedProposal("|nor_conv_3x3~0|", "illegal", "The cell has 3 nodes missing.")],
        Labels = 4,
        Archive = 6,
        Hypervolume = partition == RoundRow.WholeRun ? 0.91 : null,
        Usage = new ChatUsage(2, 1234, 567, 0.0123),
        Answers = Answers,
        RunAnswers = partition == RoundRow.WholeRun ? new RunAnswers(Answers + Answers, generation, Answers) : null,
    };

    public static HeuristicsRow Heuristics(int partition, int generation) => new()
    {
        Partition = partition,
        Generation = generation,
        Rules =
        [
            new Heuristic("positive", "Put nor_conv_1x1 on 0->3.", "3 of the best 4 have it.", 0.8, "0->3", "nor_conv_1x1"),
            new Heuristic("negative", "Avoid cells without a live path.", "All at chance.", 1),
        ],
        Usage = new ChatUsage(1, 100, 50, 0.001),
        Answers = Answers,
    };

    public static ProposalsRow Proposals(int partition, int generation, params int[] cells) => new(
        Round(partition, generation),
        [
            .. cells.Select(cell => new CandidateRow
            {
                Index = cell, Generation = generation, Origin = "crossover", Rationale = "skip on 0->3 keeps it fast",
            }),
        ],
        0.125);

    public static ScoresRow Scores(int partition, int generation, params int[] cells) => new(
        partition,
        generation,
        [
            .. cells.Select(cell => new CandidateRow
            {
                Index = cell, LatencyMs = cell + (1.0 / 3), PredictedAccuracy = 90.5, PredictedDeviation = 0.25,
            }),
        ]);

    public static LabelsRow Labels(int generation, params int[] cells) => new(
        generation,
        [
            .. cells.Select(cell => new CandidateRow
            {
                Index = cell, Accuracy = 92.875, PredictedAccuracy = 91.5, PredictedDeviation = 0.2, LabelledGeneration = generation,
            }),
        ]);

    public static FrontRow Front(int generation, params int[] cells) => new(
        Round(RoundRow.WholeRun, generation),
        new Front(generation, [.. cells.Select(cell => Point(cell) with { Generation = generation })]),
        Labels: 7,
        Unlabelled: 3,
        [new PartitionArchive(0, 1, 2), new PartitionArchive(1, 2, 3)]);

    public static FrontPoint Point(int cell) => new()
    {
        Index = cell,
        Architecture = NasBench201.Instance.Format(cell),
        Accuracy = 92.875,
        PredictedAccuracy = 91.5,
        LatencyMs = cell + (1.0 / 3),
        ParamsM = 0.344,
        FlopsM = 47.1,
        Partition = 1,
        Generation = 0,
    };

    public static SpendingRow Spending(int partition, int generation) => new()
    {
        Partition = partition,
        Generation = generation,
        Spent = new ChatUsage(3, 1000, 200, 0.5),
        InFlight = new ChatUsage(1, 500, 400, 0.25),
    };

    /// <summary>All that the steps of a generation write in a run of two partitions: of each two cells, of which one is labelled.</summary>
    public static IGenerationRow[] Generation(int generation)
    {
        int cell = 10 * generation;
        IGenerationRow[] rows =
        [
            Proposals(0, generation, cell, cell + 1), Proposals(1, generation, cell + 2, cell + 3),
            Scores(0, generation, cell, cell + 1), Scores(1, generation, cell + 2, cell + 3),
            Labels(generation, cell, cell + 3), Front(generation, cell + 3),
        ];
        return generation == 0 ? rows : [Heuristics(0, generation), Heuristics(1, generation), .. rows];
    }

    public static SweepRow Sweep(string sweepId = "sweep-20260301") => new()
    {
        SweepId = sweepId,
        Request = new SweepRequest
        {
            Contexts = ["cifar10:fpga", "cifar100:fpga"],
            Seeds = [1, 2],
            MaxLabels = 60,
            Generations = 5,
            Window = 3,
        },
        Night = new DateOnly(2026, 3, 1),
        IsLate = true,
        StartedAt = new DateTimeOffset(2026, 3, 1, 3, 0, 0, TimeSpan.FromHours(1)),
        FinishedAt = new DateTimeOffset(2026, 3, 1, 2, 30, 0, TimeSpan.Zero),
        SkippedBecause = "For the test.",
        Searches =
        [
            new SweepSearch("cifar10", "fpga", 1, "20260301-020000-sweep-cifar10-fpga-s1", null),
            new SweepSearch("cifar10", "fpga", 2, "20260301-020000-sweep-cifar10-fpga-s2", "TimeoutException: no answer in 100 s."),
        ],
        Contexts =
        [
            new SweepContext
            {
                Dataset = "cifar10",
                Device = "fpga",
                Hypervolume = 0.9125,
                Front = [17, 204, 15624],
                Comparison = new SweepComparison("sweep-20260228", -0.0125, 2, 1),
            },
        ],
    };

    /// <summary>A sort key that shuffles texts the same way in every run.</summary>
    public static int Shuffled(string text) => SeededRandom.For(1, text).Next();

    public static string Hash(int number) => number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture);
}
