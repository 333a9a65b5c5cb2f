namespace PelNas.Shared.Tests.Llm.Budget;

public sealed class CostTextTests
{
    [Theory]
    [InlineData(null, "unpriced")]
    [InlineData(0.0, "no cost")]
    [InlineData(0.00001, "under USD 0.0001")]
    [InlineData(0.004, "USD 0.0040")]
    [InlineData(1.5, "USD 1.50")]
    public void Neither_an_unknown_sum_nor_a_small_one_reads_as_nothing(double? usd, string text) => CostText.Of(usd).ShouldBe(text);

    [Theory]
    [InlineData(0, 0.0, null)]
    [InlineData(1, 0.006, "1 call unconfirmed and counted at the most, USD 0.0060")]
    [InlineData(26, null, "26 calls unconfirmed and counted at the most")]
    [InlineData(3, 0.0, "3 calls unconfirmed and counted at the most")]
    public void Unconfirmed_calls_are_told_with_what_they_are_charged(int calls, double? usd, string? text)
        => CostText.Unconfirmed(calls, usd).ShouldBe(text);
}
