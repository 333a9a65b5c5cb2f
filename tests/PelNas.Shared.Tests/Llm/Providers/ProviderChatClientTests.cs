using PelNas.Shared.Tests.Proposer;

namespace PelNas.Shared.Tests.Llm.Providers;

public sealed class ProviderChatClientTests
{
    // Ollama cuts off what does not fit into the context that it was requested.
    [Theory]
    [InlineData(32_768, 10, 32_768)]
    [InlineData(2048, 10, 8192)]
    [InlineData(8192, 9000, 16_384)]
    public async Task The_context_holds_prompt_and_answer_and_is_no_smaller_than_the_setting(int setting, int words, int sent)
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync(
            ChatProviders.Ollama, _ => new Answer("""{"rules":[]}"""), options => options.ContextTokens = setting);

        await harness.AskAsync(string.Concat(Enumerable.Repeat("hello ", words)));

        harness.Model.Requests.ShouldHaveSingleItem().Body.GetProperty("options").GetProperty("num_ctx").GetInt32().ShouldBe(sent);
    }
}
