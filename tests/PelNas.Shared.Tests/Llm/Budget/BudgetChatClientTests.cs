using PelNas.Shared.Tests.Proposer;

namespace PelNas.Shared.Tests.Llm.Budget;

/// <summary>What becomes of the counts that a real SDK client hands on.</summary>
public sealed class BudgetChatClientTests
{
    [Theory]
    [InlineData(ChatProviders.AzureOpenAI)]
    [InlineData(ChatProviders.OpenAI)]
    [InlineData(ChatProviders.Ollama)]
    public async Task A_count_that_cannot_be_is_charged_at_the_most_and_nobody_sees_it(string provider)
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync(
            provider, _ => new Answer("{}", Claim: new("-7", "-7", "-14")));

        ChatResponse response = await harness.AskAsync();

        SpendingRow budget = harness.Spending;
        budget.Spent.ShouldBe(budget.Unconfirmed);
        budget.Spent.Calls.ShouldBe(1);
        budget.Spent.OutputTokens.ShouldBe(500, "the limit that was sent");
        Counts(response)
            .ShouldBe((budget.Spent.InputTokens, budget.Spent.OutputTokens, budget.Spent.InputTokens + budget.Spent.OutputTokens));
    }

    [Fact]
    public async Task Cached_and_reasoning_tokens_are_parts_of_what_is_charged()
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync(
            ChatProviders.OpenAI, _ => new Answer("{}", Claim: new("200", "60", "260", Cached: "128", Reasoning: "50")));

        ChatResponse response = await harness.AskAsync();

        SpendingRow budget = harness.Spending;
        budget.Spent.ShouldBe(new ChatUsage(1, 200, 60, ((200 * 0.4) + (60 * 1.6)) / 1e6));
        budget.Unconfirmed.ShouldBe(ChatUsage.None);
        Counts(response).ShouldBe((200, 60, 260));
    }

    [Fact]
    public async Task A_model_without_a_price_is_charged_in_tokens()
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync(
            ChatProviders.OpenAI, _ => new Answer("{}"), options => options.PriceModel = "unheard-of");

        await harness.AskAsync();

        harness.Spending.Spent.ShouldBe(new ChatUsage(1, harness.Model.Bill.InputTokens, harness.Model.Bill.OutputTokens, Usd: null));
    }

    [Fact]
    public async Task Nothing_streams_past_the_account()
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync(ChatProviders.OpenAI, _ => new Answer("{}"));
        using IChatClient client = harness.Pipeline.CreateUncached(Providers.Samples.Options(ChatProviders.OpenAI, harness.Model));

        await Should.ThrowAsync<NotSupportedException>(
            async () => await client.GetStreamingResponseAsync("Propose.", cancellationToken: Cancellation).ToListAsync(Cancellation));

        harness.Model.Requests.ShouldBeEmpty();
    }

    private static (long? Input, long? Output, long? Total) Counts(ChatResponse response)
        => (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount);
}
