using PelNas.Shared.Records;
using PelNas.Shared.Search;


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
    public void A_search_ends_with_the_first_reason_that_holds(int generation, int labels, int accepted, int unlabelled, int llmCalls, string? reason)
        => StopRule.WhyStop(Request, partitions: 6, new SearchState(generation, labels, accepted, unlabelled, llmCalls, Usd: 0)).ShouldBe(reason);
}
