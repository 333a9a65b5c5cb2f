namespace PelNas.Shared.Tests.Llm.Providers;

/// <summary>What the real SDK clients put on the wire and read from it.</summary>
public sealed class ChatClientFactoryTests
{
    [Theory]
    [InlineData(ChatProviders.AzureOpenAI, "/openai/deployments/gpt-4.1-mini/chat/completions?api-version=")]
    [InlineData(ChatProviders.OpenAI, "/v1/chat/completions")]
    [InlineData(ChatProviders.Ollama, "/api/chat")]
    public async Task A_request_carries_prompt_schema_seed_and_limit_and_the_answer_its_tokens(string provider, string path)
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => new Answer("""{"ok":true}"""));
        using HttpClient http = ProviderHttp.Create(TimeProvider.System);
        using IChatClient client = ChatClientFactory.Create(Samples.Options(provider, model), http, NoCredential);

        ChatResponse response = await client.GetResponseAsync(
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Are you there?")],
            new ChatOptions
            {
                Seed = 7,
                MaxOutputTokens = 50,
                ResponseFormat = ChatResponseFormat.ForJsonSchema<Reply>(ChatJson.Options, "reply"),
            },
            Cancellation);

        ReceivedRequest request = model.Requests.ShouldHaveSingleItem();
        request.Path.ShouldStartWith(path);
        request.Messages.ShouldBe(["Be brief.", "Are you there?"]);
        request.HasSchema.ShouldBeTrue();
        request.Key.ShouldBe(provider == ChatProviders.Ollama ? null : LoopbackModel.Key);
        string body = request.Body.GetRawText();
        body.ShouldContain("\"seed\":7");
        body.ShouldContain(":50");
        response.Text.ShouldBe("""{"ok":true}""");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount).ShouldBe((model.Bill.InputTokens, model.Bill.OutputTokens));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using LoopbackModel other = await LoopbackModel.StartAsync(_ => new Answer("stolen"));
        await using LoopbackModel model =
            await LoopbackModel.StartAsync(_ => Known.Redirect(new Uri(other.BaseUri, "/v1/chat/completions").ToString()));
        using HttpClient http = ProviderHttp.Create(TimeProvider.System);
        using IChatClient client = ChatClientFactory.Create(Samples.Options(ChatProviders.OpenAI, model), http, NoCredential);

        await Should.ThrowAsync<ProviderStatusException>(() => client.GetResponseAsync("hello", cancellationToken: Cancellation));

        model.Requests.Count.ShouldBe(1);
        other.Requests.ShouldBeEmpty();
    }

    private static Azure.Core.TokenCredential NoCredential() => throw new InvalidOperationException("A key was set.");

    private sealed record Reply(bool Ok);
}
