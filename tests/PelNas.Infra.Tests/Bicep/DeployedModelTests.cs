using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Records;

namespace PelNas.Infra.Tests.Bicep;

/// <summary>The model that is deployed unless another one is named.</summary>
public sealed class DeployedModelTests(ArmTemplate template)
{
    private string Default(string parameter) => template.Templates[""]["parameters"]![parameter]!["defaultValue"]!.GetValue<string>();

    [Fact]
    public void Its_price_is_known()
    {
        ModelPrice price = PriceTable.Find(new ChatProviderOptions { Provider = ChatProviders.AzureOpenAI, Model = Default("openAiModel") })
            .ShouldNotBeNull();
        price.InputUsdPerMillion.ShouldBeGreaterThan(0);
        price.OutputUsdPerMillion.ShouldBeGreaterThan(price.InputUsdPerMillion);
        JsonNode row = JsonNode.Parse(Repository.Read("shared/Llm/Budget/prices.json"))!["models"]!.AsArray()
            .Single(each => each!["model"]!.GetValue<string>() == Default("openAiModel"))!;
        row["source"]!.GetValue<string>().ShouldNotBeEmpty();
        DateOnly.ParseExact(row["asOf"]!.GetValue<string>(), "yyyy-MM-dd", CultureInfo.InvariantCulture)
            .ShouldBeGreaterThan(new DateOnly(2026, 1, 1));
        Repository.Read("docs/deploy.md").ShouldContain($"| LLM, `{Default("openAiModel")}` |");
    }

    [Fact]
    public void It_is_not_one_that_is_retired()
    {
        // A version is a date, and a model is served for a year or so.
        DateOnly.ParseExact(Default("openAiModelVersion"), "yyyy-MM-dd", CultureInfo.InvariantCulture)
            .ShouldBeGreaterThan(new DateOnly(2026, 1, 1));
        Repository.Read("infra/main.bicep").ShouldContain("// Retires on ");
    }

    [Fact]
    public void It_is_sent_no_seed()
        => template.Templates["functionApp"]["variables"]!["productSettings"]!["PelNas__Chat__SendSeed"]!.GetValue<string>()
            .ShouldBe("false");
}
