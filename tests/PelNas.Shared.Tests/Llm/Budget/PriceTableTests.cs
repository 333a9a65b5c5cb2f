namespace PelNas.Shared.Tests.Llm.Budget;

public sealed class PriceTableTests
{
    [Theory]
    [InlineData("gpt-4.1-mini", 0.4, 1.6)]
    [InlineData("gpt-4.1-mini-2025-04-14", 0.4, 1.6)]
    [InlineData("GPT-4.1", 2, 8)]
    public void A_model_is_found_with_and_without_its_date(string model, double input, double output)
    {
        ModelPrice price = PriceTable.Find(new ChatProviderOptions { Provider = ChatProviders.OpenAI, Model = model })!;

        (price.InputUsdPerMillion, price.OutputUsdPerMillion, price.AsOf).ShouldBe((input, output, PriceTable.AsOf));
    }

    [Fact]
    public void A_price_that_is_younger_than_the_table_says_its_own_date()
    {
        ModelPrice price = PriceTable.Find(new ChatProviderOptions { Provider = ChatProviders.OpenAI, Model = "gpt-5.4-mini" })!;

        price.ShouldBe(new ModelPrice("gpt-5.4-mini", 0.75, 4.5, "2026-06-30"));
        price.AsOf.ShouldNotBe(PriceTable.AsOf);
    }

    [Theory]
    [InlineData("gpt-4.1-mini-tuned")]
    [InlineData("my-deployment")]
    public void What_the_table_does_not_know_has_no_price(string model)
        => PriceTable.Find(new ChatProviderOptions { Provider = ChatProviders.AzureOpenAI, Model = model }).ShouldBeNull();

    [Fact]
    public void A_deployment_can_name_its_model_or_its_price()
    {
        ChatProviderOptions options = new() { Provider = ChatProviders.AzureOpenAI, Model = "my-deployment", PriceModel = "gpt-4o" };
        PriceTable.Find(options)!.OutputUsdPerMillion.ShouldBe(10);

        options.InputUsdPerMillion = 3;
        options.OutputUsdPerMillion = 4;
        PriceTable.Find(options).ShouldBe(new ModelPrice("gpt-4o", 3, 4, "settings"));
    }

    [Fact]
    public void Ones_own_machine_costs_nothing()
        => PriceTable.Find(new ChatProviderOptions { Provider = ChatProviders.Ollama, Model = "qwen3" })!.Usd(1_000_000, 1_000_000)
            .ShouldBe(0);

    [Fact]
    public void Dollars_are_tokens_times_price() => new ModelPrice("m", 0.4, 1.6, "").Usd(1_000_000, 500_000).ShouldBe(1.2, 1e-12);
}
