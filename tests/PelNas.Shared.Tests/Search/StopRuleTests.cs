namespace PelNas.Shared.Tests.Search;

public class StopRuleTests
{
    private static readonly SearchRequest Request = new() { Generations = 10, MaxLabels = 120, MaxLlmCalls = 100, MaxUsd = 1 };

    [Theory]
    [InlineData(10, 50, 24, 5, 0, StopReasons.Generations)]
    [InlineData(3, 120, 24, 5, 0, StopReasons.Labels)]
    [InlineData(3, 50, 24, 5, 89, StopReasons.LlmCalls)]
    [InlineData(3, 50, 0, 0, 0, StopReasons.Exhausted)]
    [InlineData(3, 50, 0, 5, 0, null)]
    [InlineData(3, 50, 24, 0, 0, null)]
    [InlineData(0, 0, 0, 0, 0, null)]
    public void A_search_ends_with_the_first_reason_that_holds(
        int generation, int labels, int accepted, int unlabelled, int llmCalls, string? reason)
        => StopRule.WhyStop(Request, partitions: 6, new SearchTotals(generation, labels, accepted, unlabelled, llmCalls, Usd: 0))
            .ShouldBe(reason);

    [Fact]
    public void A_limit_reached_within_a_generation_and_dollars_end_a_search()
    {
        SearchTotals totals = new(3, 50, 24, 5, LlmCalls: 0, Usd: 0.99);
        StopRule.WhyStop(Request, 6, totals).ShouldBeNull();
        StopRule.WhyStop(Request, 6, totals with { Usd = 1 }).ShouldBe(StopReasons.Usd);
        StopRule.WhyStop(Request, 6, totals with { NeededUsd = 0.02 }).ShouldBe(StopReasons.Usd);
        StopRule.WhyStop(Request, 6, totals with { NeededUsd = 0.009 }).ShouldBeNull();
        StopRule.WhyStop(Request with { UseHeuristics = false }, 6, totals with { LlmCalls = 94 }).ShouldBeNull();
        StopRule.WhyStop(Request with { MaxUsd = 0 }, 6, SearchTotals.Start).ShouldBeNull("a search that asks nobody needs no dollars");
    }

    [Fact]
    public void Calls_whose_answers_were_lost_count_for_both_limits()
    {
        SearchTotals totals = new(3, 50, 24, 5, LlmCalls: 40, Usd: 0.4);
        StopRule.WhyStop(Request, 6, totals with { LostCalls = 48 }).ShouldBeNull();
        StopRule.WhyStop(Request, 6, totals with { LostCalls = 49 }).ShouldBe(StopReasons.LlmCalls);
        StopRule.WhyStop(Request, 6, totals with { LostUsd = 0.7 }).ShouldBe(StopReasons.Usd);
    }

    [Fact]
    public void Calls_and_dollars_add_up_over_generations_and_the_rest_is_of_the_last_one()
    {
        SearchTotals first = SearchTotals.Start.With([new(4, 0, null), new(6, 0, null)], new GenerationFront(0, 13, 3, 0.5, 2));
        first.ShouldBe(new SearchTotals(0, 13, 10, 2, 0, 0));
        SearchTotals second = first.With([new(1, 2, 0.25), new(2, 3, 0.5, NeededUsd: 0.2)], new GenerationFront(1, 20, 4, 0.6, 1));
        second.ShouldBe(new SearchTotals(1, 20, 3, 1, 5, 0.75, NeededUsd: 0.2));
        second.With([new(0, 2, 0.25)], new GenerationFront(2, 20, 4, 0.6, 1)).ShouldBe(new SearchTotals(2, 20, 0, 1, 7, 1));
    }
}
