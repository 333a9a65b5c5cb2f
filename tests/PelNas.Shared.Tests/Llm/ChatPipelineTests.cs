using PelNas.Shared.Tests.Proposer;

namespace PelNas.Shared.Tests.Llm;

/// <summary>What leaves the pipeline.</summary>
public sealed class ChatPipelineTests
{
    [Theory]
    [InlineData(ChatProviders.AzureOpenAI)]
    [InlineData(ChatProviders.OpenAI)]
    public async Task The_schema_goes_out_as_strict_with_every_member_required(string provider)
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync(provider, _ => new Answer("{}"));

        await harness.AskAsync();

        JsonElement schema = harness.Model.Requests.ShouldHaveSingleItem().Body.GetProperty("response_format").GetProperty("json_schema");
        schema.GetProperty("strict").GetBoolean().ShouldBeTrue();
        JsonElement rule = schema.GetProperty("schema").GetProperty("properties").GetProperty("rules").GetProperty("items");
        rule.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
        rule.GetProperty("required").EnumerateArray().Select(name => name.GetString())
            .ShouldBe(["kind", "text", "evidence", "confidence", "edge", "operation", "shared"]);
    }

    [Theory]
    [InlineData(ChatProviders.AzureOpenAI)]
    [InlineData(ChatProviders.OpenAI)]
    [InlineData(ChatProviders.Ollama)]
    public async Task Schema_and_seed_can_be_left_out_and_the_account_never_leaves(string provider)
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync(
            provider, _ => new Answer("{}"), options => (options.StructuredOutput, options.SendSeed) = (false, false));

        await harness.AskAsync();

        string body = harness.Model.Requests.ShouldHaveSingleItem().Body.GetRawText();
        body.ShouldNotContain("rules");
        body.ShouldNotContain("seed");
        body.ShouldNotContain(PipelineHarness.RunId);
    }
}
