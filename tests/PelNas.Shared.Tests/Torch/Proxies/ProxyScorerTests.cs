namespace PelNas.Shared.Tests.Torch.Proxies;

public sealed class ProxyScorerTests
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    [Fact]
    public void Knows_the_thirteen()
        => ZeroCostProxies.Names.Order().ShouldBe(
            ["epe_nas", "fisher", "flops", "grad_norm", "grasp", "jacov", "l2_norm", "nwot", "params", "plain", "snip", "synflow", "zen"]);

    [Fact]
    public void Scores_are_finite_or_none_with_a_reason_whatever_the_cell()
    {
        using ProxyScorer scorer = new(SmallRun.Small, ZeroCostProxies.Names);
        for (int index = 0; index < Space.Size; index += 131)
        {
            IReadOnlyList<ProxyScore> scores = scorer.Score(Space.Genotype(index));
            scores.Count.ShouldBe(13);
            for (int p = 0; p < scores.Count; p++)
            {
                (scores[p].Value is { } value ? double.IsFinite(value) && scores[p].WhyNone is null : scores[p].WhyNone is { Length: > 10 })
                    .ShouldBeTrue($"{ZeroCostProxies.Names[p]} of {index}: {scores[p]}");
            }
        }
    }

    [Theory]
    [InlineData("synflow")]
    [InlineData("jacov")]
    [InlineData("epe_nas")]
    [InlineData("zen")]
    public void A_dead_cell_has_no_score_and_says_why(string proxy)
    {
        using ProxyScorer scorer = new(SmallRun.Small, [proxy]);
        ProxyScore score = scorer.Score(SmallRun.Genotype(SmallRun.Dead)).Single();
        score.Value.ShouldBeNull();
        score.WhyNone!.ShouldContain("no path");
    }

    [Fact]
    public void The_same_seed_gives_the_same_scores_whatever_else_is_computed_and_another_seed_others()
    {
        byte[] cell = SmallRun.Genotype(SmallRun.Alive);
        using ProxyScorer together = new(SmallRun.Small, ZeroCostProxies.Names);
        using ProxyScorer reversed = new(SmallRun.Small, ZeroCostProxies.Names.Reverse());
        using ProxyScorer otherSeed = new(SmallRun.Small with { Seed = 2 }, ZeroCostProxies.Names);
        IReadOnlyList<ProxyScore> scores = together.Score(cell);
        together.Score(cell).ShouldBe(scores);
        reversed.Score(cell).Reverse().ShouldBe(scores);
        IReadOnlyList<ProxyScore> others = otherSeed.Score(cell);
        for (int p = 0; p < scores.Count; p++)
        {
            string name = ZeroCostProxies.Names[p];
            using ProxyScorer alone = new(SmallRun.Small, [name]);
            alone.Score(cell).Single().ShouldBe(scores[p], name);
            (others[p] == scores[p]).ShouldBe(name is "params" or "flops", name);
        }
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        using ProxyScorer scorer = new(SmallRun.Small, ZeroCostProxies.Names);
        scorer.Score(Space.Genotype(1));
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int index = 0; index < 40; index++)
        {
            scorer.Score(Space.Genotype(index * 97));
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.ShouldBe(before);
    }

    [Fact]
    public void A_scorer_takes_its_batch_with_it()
    {
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        new ProxyScorer(SmallRun.Small, ["params"]).Dispose();
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.ShouldBe(before);
    }

    [Fact]
    public void Refuses_an_unknown_proxy_by_name()
        => Should.Throw<ArgumentException>(() => new ProxyScorer(SmallRun.Small, ["naswot"])).Message.ShouldContain("nwot");

    [Theory]
    [InlineData(7)]
    [InlineData(257)]
    public void Refuses_a_batch_of_a_size_that_is_not_allowed(int size)
        => Should.Throw<ArgumentException>(
            () => new ProxyScorer(SmallRun.Small with { BatchSize = size }, ["params"])).Message.ShouldContain("8 to 256");
}
