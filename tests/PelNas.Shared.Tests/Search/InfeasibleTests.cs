using PelNas.Shared.Tests.Comparison.Strategies;

namespace PelNas.Shared.Tests.Search;

/// <summary>The Edge TPU cannot run 4,699 of the cells: no search may take one, on any path into it.</summary>
public sealed class InfeasibleTests
{
    private static readonly BenchmarkContext EdgeTpu = StepHarness.Tables.GetContext("cifar10", "edgetpu");

    private static readonly SearchRequest Request = StepHarness.Fpga with { Device = "edgetpu" };

    private readonly StepHarness _search = new();

    public static TheoryData<string> Strategies => [.. Trials.Catalog.Main.Select(strategy => strategy.Name)];

    [Theory]
    [InlineData("conv3x3")]
    [InlineData("latency-quantile")]
    public async Task No_candidate_no_label_and_no_point_of_the_front_is_infeasible(string scheme)
    {
        await _search.SearchAsync(3, Request with { Generations = 3, MaxLabels = 60, PartitionScheme = scheme });

        IReadOnlyList<RunCandidate> candidates = await _search.CandidatesAsync();
        candidates.Count.ShouldBeGreaterThan(400);
        candidates.ShouldAllBe(candidate => EdgeTpu.IsFeasible(candidate.Row.Index) && candidate.Row.LatencyMs > 0);
        RunContent content = (await RunContent.LoadAsync(_search.Runs, StepHarness.RunId, Cancellation))!;
        content.Labelled.Count().ShouldBe(60);
        RunContext context = await _search.ContextAsync();
        string json = SearchResultBuilder.Build(content, context.Evaluate(content.Labelled), context.Ceiling).ToJson();
        json.ShouldNotContain("NaN");
        json.ShouldContain("\"hypervolumeRatio\": 0.9");
        content.Rounds.Where(round => round.Partition == RoundRow.WholeRun).ShouldAllBe(round => round.Hypervolume > 0.9);
    }

    [Fact]
    public async Task A_proposal_that_the_device_cannot_run_is_refused_by_the_devices_name()
    {
        await _search.PlanAsync(Request);
        RunContext context = await _search.ContextAsync();
        int infeasible = Enumerable.Range(0, context.Space.Size)
            .First(index => !EdgeTpu.IsFeasible(index) && context.Space.IsConnected(index));
        int partition = context.Map.PartitionOf(infeasible);
        ProposalValidator validator = new(context, partition, []);

        validator.TryAccept(context.Space.Format(infeasible), out _).ShouldBeFalse();
        validator.TryTake(infeasible).ShouldBeFalse();
        validator.IsNew(infeasible).ShouldBeFalse();

        RejectedProposal refused = validator.Rejected.ShouldHaveSingleItem();
        (refused.Reason, refused.Detail).ShouldBe(("infeasible", "edgetpu cannot run it"));
    }

    [Fact]
    public async Task Limits_are_checked_against_what_the_device_can_run()
    {
        double fastest = Enumerable.Range(0, EdgeTpu.Space.Size)
            .Where(index => EdgeTpu.IsFeasible(index) && EdgeTpu.Space.IsConnected(index)).Min(index => EdgeTpu.LatencyMs[index]);

        (await CheckAsync(fastest * 0.999)).ShouldHaveSingleItem().Field.ShouldBe("maxLatencyMs");
        (await CheckAsync(fastest * 1.001)).ShouldBeEmpty();

        Task<IReadOnlyList<FieldError>> CheckAsync(double limit)
            => _search.Validator.CheckAsync(Request with { MaxLatencyMs = limit }, Cancellation);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Every_strategy_spends_its_budget_on_what_the_device_can_run(string strategy)
    {
        LabelLedger ledger = await Trials.RunAsync(strategy, 45, context: EdgeTpu, labelsFrom: LabelSources.Validation);
        ledger.Entries.Count.ShouldBe(45);
        ledger.Labels().ShouldAllBe(index => EdgeTpu.IsFeasible(index));
    }

    [Fact]
    public async Task The_seeds_hold_the_fastest_cell_that_runs()
    {
        await _search.PlanAsync(Request);
        int fastest = Enumerable.Range(0, EdgeTpu.Space.Size).Where(EdgeTpu.IsFeasible).MinBy(index => EdgeTpu.LatencyMs[index]);
        int partition = (await _search.ContextAsync()).Map.PartitionOf(fastest);

        await _search.SeedAsync(partition);

        (await _search.CandidatesAsync()).ShouldContain(candidate => candidate.Row.Index == fastest);
        EdgeTpu.LatencyMs[fastest].ShouldBe(EdgeTpu.LatencyRangeMs.Min);
    }
}
