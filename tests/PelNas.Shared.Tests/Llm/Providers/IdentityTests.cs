using Azure.Identity;

namespace PelNas.Shared.Tests.Llm.Providers;

/// <summary>Azure OpenAI without a key: the real SDK client asks an identity for a token and sends it, over TLS only.</summary>
public sealed class IdentityTests
{
    [Fact]
    public async Task Without_a_key_the_token_of_the_identity_is_sent()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => new Answer("hello"), tls: true);
        StubCredential identity = new(() => LoopbackModel.Key);

        ChatResponse response = await AskAsync(model, identity);

        response.Text.ShouldBe("hello");
        model.Requests.ShouldHaveSingleItem().Key.ShouldBe(LoopbackModel.Key);
        identity.Scopes.ShouldHaveSingleItem().ShouldBe("https://cognitiveservices.azure.com/.default");
    }

    [Fact]
    public async Task An_identity_that_is_not_there_is_for_somebody_to_mend()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => new Answer("never"), tls: true);
        StubCredential identity = new(() => throw new CredentialUnavailableException("Run az login."));

        ProposerRefusedException exception = await Should.ThrowAsync<ProposerRefusedException>(() => AskAsync(model, identity));

        exception.Fault.Kind.ShouldBe(FaultKind.Unauthorised);
        exception.Message.ShouldContain("az login");
        model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_identity_whose_service_fails_is_asked_again_later_and_costs_nothing()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => new Answer("never"), tls: true);
        StubCredential identity =
            new(() => throw new AuthenticationFailedException("The identity endpoint broke off.", new HttpRequestException("reset")));

        ProposerUnavailableException exception = await Should.ThrowAsync<ProposerUnavailableException>(() => AskAsync(model, identity));

        (exception.Fault.Kind, exception.Fault.MayBeBilled).ShouldBe((FaultKind.IdentityUnavailable, false));
        model.Requests.ShouldBeEmpty();
    }

    private static async Task<ChatResponse> AskAsync(LoopbackModel model, StubCredential identity)
    {
        ChatProviderOptions options = Samples.Options(ChatProviders.AzureOpenAI, model);
        options.ApiKey = "";
        using SocketsHttpHandler trusting = new();
        trusting.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost";
        using HttpClient http = new(new ProviderStatusHandler(TimeProvider.System) { InnerHandler = trusting });
        using ProviderChatClient client = new(ChatClientFactory.Create(options, http, () => identity), options, TimeProvider.System);
        return await client.GetResponseAsync("hello", cancellationToken: Cancellation);
    }
}
