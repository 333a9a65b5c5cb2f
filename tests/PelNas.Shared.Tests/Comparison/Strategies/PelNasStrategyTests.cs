namespace PelNas.Shared.Tests.Comparison.Strategies;

public sealed class PelNasStrategyTests
{
    [Fact]
    public async Task It_labels_what_a_search_step_by_step_on_the_embedded_store_labels()
    {
        StepHarness harness = new();
        SearchRequest request = new()
        {
            Dataset = "cifar10",
            Device = "fpga",
            Seed = 3,
            MaxLabels = 25,
            LabelsFrom = LabelSources.Test,
            Prior = PriorSources.None,
            LabelPathless = true,
        };
        await harness.SearchAsync(request.Generations, request);
        int[] expected = [.. (await harness.CandidatesAsync()).Where(candidate => candidate.Row.Accuracy is not null)
            .Select(candidate => candidate.Row.Index).Order()];

        LabelLedger ledger = await Trials.RunAsync("pel-nas", 25);

        expected.Length.ShouldBe(25);
        ledger.Labels().Order().ShouldBe(expected);
    }

    [Fact]
    public async Task Counts_of_the_search_reach_the_ledger()
    {
        LabelLedger ledger = await Trials.RunAsync("pel-nas", 25);
        ledger.Duplicates.ShouldBeGreaterThan(0);

        // The predictor looks through all cells with a live path to propose some.
        ISearchSpace space = StepHarness.Tables.Space;
        ledger.Scored.ShouldBeInRange(Enumerable.Range(0, space.Size).Count(space.IsConnected), space.Size);
        LabelOrigins origins = ledger.Origins.ShouldNotBeNull();
        (origins.Seed + origins.Proposer + origins.Operators + origins.Predictor).ShouldBe(25);
        origins.Seed.ShouldBeGreaterThanOrEqualTo(6);
        origins.Predictor.ShouldBeGreaterThan(0);
    }

    /// <summary>
    /// A change that makes searches worse passes every other test. The floors lie several standard deviations of a run below the mean
    /// of the tuning seeds, and above what any strategy without a predictor reaches.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_search_finds_a_good_front(int seed)
    {
        FrontQuality quality = Trials.Fpga.Metrics.Evaluate((await Trials.RunAsync("pel-nas", 120, seed)).Labels(), LabelSources.Test);
        quality.HypervolumeRatio.ShouldBeGreaterThan(0.993);
        quality.LiveHypervolumeRatio.ShouldBeGreaterThan(0.955);
        quality.Igd.ShouldBeLessThan(0.02);
    }

    [Fact]
    public async Task Without_a_proposer_nothing_is_proposed_twice_or_wrongly_and_the_operators_fill_in()
    {
        LabelLedger ledger = await Trials.RunAsync("pel-nas-no-proposer", 25);
        ledger.Duplicates.ShouldBe(0);
        ledger.Invalid.ShouldBe(0);
        ledger.Scored.ShouldBeGreaterThan(500);
    }

    [Theory]
    [InlineData("pel-nas-no-partition")]
    [InlineData("pel-nas-latency-quantile")]
    [InlineData("pel-nas-no-heuristics")]
    [InlineData("pel-nas-paths")]
    [InlineData("pel-nas-proxies")]
    [InlineData("pel-nas-no-proposer")]
    public async Task An_ablation_is_another_search(string ablation)
        => (await Trials.RunAsync(ablation, 40)).Labels().ShouldNotBe((await Trials.RunAsync("pel-nas", 40)).Labels());
}
