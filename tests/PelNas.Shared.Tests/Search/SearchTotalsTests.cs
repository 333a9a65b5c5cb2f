namespace PelNas.Shared.Tests.Search;

public sealed class SearchTotalsTests
{
    [Theory]
    [InlineData(100, 0, 0, 6)]
    [InlineData(100, 37, 5, 6)]
    [InlineData(7, 3, 0, 6)]
    [InlineData(7, 7, 0, 6)]
    [InlineData(1, 0, 0, 6)]
    [InlineData(11, 2, 3, 1)]
    public void Calls_are_shared_out_to_the_last_and_differ_by_one_at_most(int limit, int made, int lost, int partitions)
    {
        SearchTotals totals = SearchTotals.Start with { LlmCalls = made, LostCalls = lost };

        int[] shares = [.. totals.Allowances(new SearchRequest { MaxLlmCalls = limit }, partitions).Select(share => share.Calls!.Value)];

        shares.Length.ShouldBe(partitions);
        shares.Sum().ShouldBe(limit - made - lost);
        (shares.Max() - shares.Min()).ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [InlineData(1.0, 0.0, 0.0, 6)]
    [InlineData(0.1, 0.03, 0.02, 3)]
    [InlineData(5.0, 1.23456789, 0.1, 7)]
    [InlineData(0.5, 0.5, 0.0, 6)]
    public void Dollars_are_shared_out_equally_and_no_more_than_are_left(double limit, double spent, double lost, int partitions)
    {
        SearchTotals totals = SearchTotals.Start with { Usd = spent, LostUsd = lost };

        double[] shares = [.. totals.Allowances(new SearchRequest { MaxUsd = limit }, partitions).Select(share => share.Usd!.Value)];

        shares.Distinct().Count().ShouldBe(1);
        shares.Sum().ShouldBe(limit - spent - lost, tolerance: 1e-12);
    }

    [Fact]
    public void Where_equal_shares_are_too_small_some_partitions_get_all_and_others_in_the_next_generation()
    {
        SearchRequest request = new() { MaxUsd = 1 };
        SearchTotals totals = SearchTotals.Start with { Usd = 0.2, NeededUsd = 0.2 };

        double[][] shares =
        [
            .. Enumerable.Range(0, 6).Select(generation =>
                (totals with { Generation = generation }).Allowances(request, partitions: 6).Select(share => share.Usd!.Value).ToArray()),
        ];

        shares.ShouldAllBe(generation => generation.Count(share => share == 0.4) == 2 && generation.Count(share => share == 0) == 4);
        Enumerable.Range(0, 6).ShouldAllBe(partition => shares.Count(generation => generation[partition] > 0) == 2);
        (totals with { Usd = 0.9 }).Allowances(request, partitions: 6).Count(share => share.Usd > 0).ShouldBe(1);
    }

    [Fact]
    public void What_has_no_limit_is_shared_out_without_one()
        => SearchTotals.Start.Allowances(new SearchRequest(), partitions: 2).ShouldBe([Allowance.Unlimited, Allowance.Unlimited]);

    [Fact]
    public void Calls_whose_answers_were_lost_are_taken_off_what_is_left_and_not_counted_as_answers()
    {
        ProposalsRow row = new(Round(new ChatUsage(2, 1600, 100, 0.0026)), [], Spent: new ChatUsage(3, 2600, 1000, 0.0126));

        GenerationFront front = new(1, Labels: 0, Points: 0, Hypervolume: 0, Unlabelled: 0);
        SearchTotals totals = SearchTotals.Start.With([row.ToCounts(), row.ToCounts()], front);

        (totals.LlmCalls, totals.LostCalls).ShouldBe((4, 2));
        totals.LostUsd.ShouldBe(0.02, tolerance: 1e-12);
        totals.Allowances(new SearchRequest { MaxLlmCalls = 10 }, partitions: 2).ShouldBe([new Allowance(2, null), new Allowance(2, null)]);
    }

    [Fact]
    public void In_a_replay_nothing_is_charged_and_nothing_lost()
    {
        ProposalsRow row = new(Round(new ChatUsage(2, 1600, 100, 0)), [], Spent: ChatUsage.None);

        row.ToCounts().ShouldBe(new ProposalCounts(Accepted: 0, LlmCalls: 2, Usd: 0));
    }

    private static RoundRow Round(ChatUsage usage) => new() { Partition = 0, Generation = 1, Usage = usage };
}
