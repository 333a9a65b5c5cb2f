namespace PelNas.Shared.Tests.Comparison.Strategies;

/// <summary>What holds for every strategy.</summary>
public sealed class StrategyTests
{
    public static TheoryData<string> All => [.. Trials.Catalog.All.Select(strategy => strategy.Name)];

    public static TheoryData<string> Anytime
        => [.. Trials.Catalog.Main.Concat(Trials.Catalog.Systems).Where(strategy => strategy.IsAnytime).Select(strategy => strategy.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_strategy_spends_its_budget_on_distinct_architectures(string strategy)
    {
        LabelLedger ledger = await Trials.RunAsync(strategy, 45);
        ledger.Entries.Count.ShouldBe(45);
        ledger.Labels().ShouldBeUnique();
        ledger.Scored.ShouldBeGreaterThanOrEqualTo(45);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_same_seed_gives_the_same_labels_and_another_seed_others(string strategy)
    {
        int[] labels = (await Trials.RunAsync(strategy, 30)).Labels();
        (await Trials.RunAsync(strategy, 30)).Labels().ShouldBe(labels);
        (await Trials.RunAsync(strategy, 30, seed: 4)).Labels().ShouldNotBe(labels);
    }

    /// <summary>Without this the runs of one seed would be copies of each other, and tests over all pairs too sure of themselves.</summary>
    [Theory]
    [InlineData("random")]
    [InlineData("surrogate-enumeration")]
    public async Task The_same_seed_draws_other_architectures_in_another_context(string strategy)
    {
        BenchmarkContext other = Support.StepHarness.Tables.GetContext("cifar10", "eyeriss");
        (await Trials.RunAsync(strategy, 19, context: other)).Labels()[1..]
            .ShouldNotBe((await Trials.RunAsync(strategy, 19)).Labels()[1..]);
    }

    [Theory]
    [MemberData(nameof(Anytime))]
    public async Task An_anytime_strategy_begins_the_same_whatever_its_budget(string strategy)
    {
        int[] labels = (await Trials.RunAsync(strategy, 75)).Labels();
        (await Trials.RunAsync(strategy, 37)).Labels().ShouldBe(labels[..37]);
        (await Trials.RunAsync(strategy, 1)).Labels().ShouldBe(labels[..1]);
    }

    [Fact]
    public void Names_are_distinct_and_found()
    {
        string[] names = [.. All.Select(row => row.Data)];
        names.ShouldBeUnique();
        names.ShouldAllBe(name => Trials.Catalog.Find(name)!.Name == name);
        Trials.Catalog.Find("simulated-annealing").ShouldBeNull();
    }

    [Theory]
    [InlineData("pel-nas", "offline")]
    [InlineData("pel-nas-no-proposer", "none")]
    [InlineData("nsga2", null)]
    public void A_strategy_says_who_proposes(string strategy, string? proposer)
        => Trials.Catalog.Find(strategy)!.Proposer.ShouldBe(proposer);

    /// <summary>
    /// The order that any sound implementation shows on this space at 300 labels; the gaps are many standard errors wide.
    /// </summary>
    [Fact]
    public async Task A_search_that_learns_is_better_than_one_that_does_not()
    {
        double random = await MeanLiveRatioAsync("random");
        double partitioned = await MeanLiveRatioAsync("partitioned-evolution");
        double nsga2 = await MeanLiveRatioAsync("nsga2");
        double surrogate = await MeanLiveRatioAsync("surrogate-enumeration");

        partitioned.ShouldBeGreaterThan(random);
        nsga2.ShouldBeGreaterThan(random);
        surrogate.ShouldBeGreaterThan(Math.Max(nsga2, partitioned));
    }

    /// <summary>Fewer architectures than any population has members, as a user's space may have.</summary>
    [Theory]
    [InlineData("surrogate-enumeration")]
    [InlineData("nsga2")]
    [InlineData("moead")]
    [InlineData("regularized-evolution")]
    [InlineData("partitioned-evolution")]
    [InlineData("partitioned-random")]
    [InlineData("random")]
    public async Task A_space_smaller_than_the_budget_is_labelled_whole(string strategy)
    {
        Decision[] decisions = [new("depth", ["1", "2", "3"]), new("width", ["8", "16", "32", "64"])];
        byte[][] genotypes = [.. Enumerable.Range(0, 12).Select(index => new[] { (byte)(index / 4), (byte)(index % 4) })];
        double[] size = [.. Enumerable.Range(1, 12)];
        TableSpace space = new("small", decisions, genotypes, new SpaceCosts(null, null, size, "units"));
        BenchmarkContext context = new SpaceBenchmark(
            space,
            new Dictionary<string, ImmutableArray<double>> { ["mine"] = [.. size.Select(value => 50 + (value * 3 % 7))] },
            new Dictionary<string, ImmutableArray<double>> { ["board"] = [.. size] },
            new DatasetShape(32, 10)).GetContext("mine", "board");

        (await Trials.RunAsync(strategy, 30, context: context)).Labels().Order().ShouldBe(Enumerable.Range(0, 12));
    }

    private static async Task<double> MeanLiveRatioAsync(string strategy)
    {
        BenchmarkContext context = Support.StepHarness.Tables.GetContext("imagenet16-120", "eyeriss");
        double sum = 0;
        for (int seed = 1; seed <= 4; seed++)
        {
            sum +=
                context.Metrics.Evaluate(
                    (await Trials.RunAsync(strategy, 150, seed, context)).Labels(), LabelSources.Test).LiveHypervolumeRatio;
        }

        return sum / 4;
    }
}
