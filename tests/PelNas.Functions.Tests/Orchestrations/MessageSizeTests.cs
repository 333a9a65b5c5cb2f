using Microsoft.DurableTask.Converters;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Sweeps;
using PelNas.Shared.Torch;

namespace PelNas.Functions.Tests.Orchestrations;

/// <summary>
/// The largest legal messages, measured as the strictest backend counts: UTF-16. Over 45 KB Azure Storage moves a message into a blob;
/// over 16 KB it refuses a custom status.
/// </summary>
public sealed class MessageSizeTests
{
    private const int MaxMessageBytes = 45 * 1024;
    private const int MaxCustomStatusBytes = 16 * 1024;
    private const int Last = RequestLimits.MaxGenerations;

    // Those that were proposed, and as many that the predictor finds promising.
    private const int MaxCandidates = 2 * RequestLimits.MaxProposals;

    private static readonly DateTimeOffset Time = new(2026, 12, 31, 23, 59, 59, 123, 456, TimeSpan.Zero);
    private static readonly string RunId = RunIds.Create(Time, new string('x', 40));
    private static readonly string SweepId = SweepIds.Started(Time);

    private static readonly SearchRequest Request = new()
    {
        Dataset = "imagenet16-120",
        Device = "raspi4",
        Seed = int.MinValue,
        Generations = RequestLimits.MaxGenerations,
        PartitionScheme = PartitionSchemes.LatencyQuantile,
        Partitions = PartitionSchemes.MaxPartitions,
        MaxLabels = RequestLimits.MaxLabels,
        ProposalsPerPartition = RequestLimits.MaxProposals,
        MaxLlmCalls = int.MaxValue,
        MaxUsd = double.MaxValue,
        MaxLatencyMs = double.MaxValue,
        MaxParamsM = double.MaxValue,
        Labels = new LabelRequest
        {
            By = LabelProviders.Training,
            ImageSize = int.MaxValue,
            Classes = int.MaxValue,
            Training = new TrainingRequest { Images = new string('x', 4096), Minutes = double.MaxValue },
        },
    };

    private static readonly SweepRequest Sweep = new()
    {
        Contexts = [.. ContextGroups.Find(ContextGroups.FirstEight)!.Select(context => $"{context.Dataset}:{context.Device}")],
        Seeds = [.. Enumerable.Range(0, SweepRequestValidator.MaxSearches / 8).Select(i => int.MaxValue - i)],
        MaxLabels = RequestLimits.MaxLabels,
        Generations = RequestLimits.MaxGenerations,
        Window = SweepRequestValidator.MaxWindow,
    };

    private static readonly SearchPosition Position = new(
        PartitionSchemes.MaxPartitions, new SearchTotals(Last, 2000, 64 * 12, 15_625, int.MaxValue, double.MaxValue, 1.0 / 3));

    private static readonly SweepInput SweepStart = new(Sweep, new DateOnly(2026, 12, 31), true);
    private static readonly IReadOnlyList<SweepSearch> Planned = SweepPlan.Searches(Sweep, Time);

    private static readonly IReadOnlyList<SweepSearch> Failed =
        [.. Planned.Select(search =>
            search with { Failure = ShortFailure.Of(new TaskFailureDetails("E", new string('"', 100_000), null, null, null)) })];

    private static readonly IReadOnlyList<object> Statuses =
    [
        new SearchProgress(Last, Last, 2000, 2000, int.MaxValue, -double.Epsilon, int.MaxValue),
        new SweepProgress(64, 64, 64, [.. Planned.Take(SweepRequestValidator.MaxWindow).Select(search => search.RunId)]),
    ];

    private static readonly IReadOnlyList<object> Messages =
    [
        .. Statuses,
        new SearchInput(Request, Position),
        Position,
        new PlanInput(RunId, Request, Time),
        new PartitionInput(RunId, 11, Last, true, new Allowance(1_000_000, 1.0 / 3)),
        new AskInput(new PartitionStep(RunId, 11, Last), new Allowance(1_000_000, 1.0 / 3)),
        new PartitionStep(RunId, 11, Last),
        new RunStep(RunId, Last),
        new LabelStep(new RunStep(RunId, Last), IsLast: true),
        new CellStep(new RunStep(RunId, Last), 15_624),
        new LabelsGathered(double.MaxValue, IsAbandoned: true),
        new ArchiveInput(
            new PartitionStep(RunId, 11, Last),
            [.. Enumerable.Range(0, MaxCandidates).Select(i => new CandidatePrediction(15_624 - i, -double.MaxValue, double.MaxValue))],
            [.. Enumerable.Range(0, MaxCandidates).Select(i => new CandidateLatency(15_624 - i, double.MaxValue))]),
        new FinishInput(RunId, StopReasons.Generations, Time),
        new SearchOutcome(RunId, StopReasons.Generations, Last, 2000, 2000, double.MaxValue),
        new ProposalCounts(64, int.MaxValue, double.MaxValue),
        new GenerationFront(Last, 2000, 2000, double.MaxValue, 15_625),
        LargestPlan(),
        SweepStart,
        new ActiveSweepInput(SweepId, SweepStart),
        new PlanSweepInput(SweepId, SweepStart, Time),
        Planned,
        new CompareSweepsInput(SweepId, Failed, Time),
        new SweepOutcome(SweepId, 64, 64),
    ];

    [Fact]
    public async Task The_largest_sweep_is_a_legal_one()
    {
        BenchmarkCatalog catalog = new(SearchApp.Tables, new DeviceRepository(new MemoryRowStore()));
        SearchRequestValidator searches = new(
            catalog, new TorchProxyScorers(), () => throw new InvalidOperationException("A sweep has no limit of dollars."));
        SweepRequestValidator validator = new(searches);
        (await validator.CheckAsync(Sweep, Cancellation)).ShouldBeEmpty();
        Planned.Count.ShouldBe(SweepRequestValidator.MaxSearches);
    }

    [Fact]
    public void No_message_is_over_45_KB() => Messages.ShouldAllBe(message => Bytes(message) <= MaxMessageBytes);

    [Fact]
    public void No_custom_status_is_over_16_KB() => Statuses.ShouldAllBe(status => Bytes(status) <= MaxCustomStatusBytes);

    [Fact]
    public void Every_message_of_the_orchestrations_is_measured()
    {
        IEnumerable<Type> records = typeof(SearchOrchestrator).Assembly.GetTypes().Where(type =>
            type.Namespace == typeof(SearchOrchestrator).Namespace
                && type.GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance) is not null);
        records.ShouldBeSubsetOf(Messages.Select(message => message.GetType()));
    }

    [Fact]
    public void A_failure_in_a_sweep_is_cut_by_what_it_takes_as_JSON()
    {
        Failed.ShouldAllBe(search => JsonEncodedText.Encode(search.Failure!).Value.Length <= ShortFailure.MaxJsonLength);
        TaskFailureDetails inner = new("System.InvalidOperationException", "The table is empty.", null, null, null);
        ShortFailure.Of(new TaskFailureDetails("Microsoft.DurableTask.TaskFailedException", "Task 'X' failed.", null, inner, null))
            .ShouldBe("InvalidOperationException: The table is empty.");
    }

    private static IReadOnlyList<PartitionPlan> LargestPlan() =>
    [
        .. ContextGroups.Find(ContextGroups.All)!.Take(1).SelectMany(context => PartitionSchemes.Create(
            PartitionSchemes.LatencyQuantile,
            PartitionSchemes.MaxPartitions,
            SearchApp.Tables.Space,
            SearchApp.Tables.GetContext(context.Dataset, context.Device).LatencyMs).Plans),
    ];

    private static int Bytes(object message) => JsonDataConverter.Default.Serialize(message)!.Length * sizeof(char);
}
