using PelNas.Bench.Scale;

namespace PelNas.Infra.Tests.Scale;

/// <summary>The arithmetic of docs/scale.md on numbers that can be checked in the head.</summary>
public class ScaleModelTests
{
    private static readonly SearchUse Round = new(
        Generations: 10, Partitions: 6, TableRequests: 500, RunRequests: 250, CpuSeconds: 2, Calls: 50, InputTokens: 90_000,
        OutputTokens: 10_000);

    [Fact]
    public void Activities_and_messages_follow_from_the_orchestrations()
    {
        // 3 once, 2 x 11, and 6 x (4 + 10 x 5).
        Round.Activities.ShouldBe(349);
        Round.SubOrchestrations.ShouldBe(66);
        Round.Messages.ShouldBe((2 * (349 + 66)) + 3);
    }

    [Fact]
    public void A_limit_carries_what_it_lets_through_in_an_hour()
    {
        IReadOnlyList<ScaleLimit> limits = ScaleModel.Limits(Round, tokensPerMinute: 100_000, cores: 2);

        limits.Single(limit => limit.Name.StartsWith("quota", StringComparison.Ordinal)).SearchesPerHour.ShouldBe(60, 1e-9);
        limits.Single(limit => limit.Name == "one instance").SearchesPerHour.ShouldBe(3600, 1e-9);
        limits.Single(limit => limit.Name.StartsWith("storage account", StringComparison.Ordinal)).SearchesPerHour.ShouldBe(144_000, 1e-9);
        ScaleModel.First(limits).Name.ShouldStartWith("quota");
    }

    [Fact]
    public void A_night_goes_beyond_the_tightest_limits_first()
    {
        IReadOnlyList<ScaleLimit> limits = ScaleModel.Limits(Round, tokensPerMinute: 100_000, cores: 2);

        ScaleModel.Beyond(limits, 480).ShouldBeEmpty();
        ScaleModel.Beyond(limits, 481).ShouldHaveSingleItem().Name.ShouldStartWith("quota");
        ScaleModel.Beyond(limits, 40_000).Select(limit => limit.SearchesPerHour).ShouldBeInOrder();
    }
}
