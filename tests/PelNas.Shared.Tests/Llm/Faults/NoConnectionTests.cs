namespace PelNas.Shared.Tests.Llm.Faults;

/// <summary>Calls to a host that drops them.</summary>
public sealed class NoConnectionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData(ChatProviders.AzureOpenAI)]
    [InlineData(ChatProviders.OpenAI)]
    [InlineData(ChatProviders.Ollama)]
    public async Task A_connection_that_is_never_taken_is_unreachable_and_costs_nothing(string provider)
    {
        using SilentHost host = SilentHost.Start(Limit);
        ChatProviderOptions options = new()
        {
            Provider = provider,
            Endpoint = host.Address.ToString(),
            Model = "m",
            ApiKey = provider == ChatProviders.Ollama ? "" : "key",
            Timeout = TimeSpan.FromMinutes(5),
        };
        using HttpClient http = ProviderHttp.Create(TimeProvider.System, Limit);
        using ProviderChatClient client = new(
            ChatClientFactory.Create(options, http, () => throw new InvalidOperationException("A key was set.")),
            options, TimeProvider.System);

        ProposerUnavailableException exception = await Should.ThrowAsync<ProposerUnavailableException>(
            () => client.GetResponseAsync("hello", cancellationToken: Cancellation));

        (exception.Fault.Kind, exception.Fault.MayBeBilled).ShouldBe((FaultKind.Unreachable, false));
        exception.Message.ShouldContain("firewall");
    }
}
