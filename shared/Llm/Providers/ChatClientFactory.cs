using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.AI.OpenAI;
using Azure.Core;
using Microsoft.Extensions.AI;
using OllamaSharp;
using OpenAI;
using OpenAI.Chat;

namespace PelNas.Shared.Llm.Providers;

/// <summary>
/// Makes the client of a configured LLM. The SDKs do what they are for, the wire format and signing in; retries, time-outs and
/// limits are switched off in them, since this product's own clients around them have those, once and for all providers alike.
/// </summary>
internal static class ChatClientFactory
{
    // Servers on this machine that ask for no key get one all the same, since the SDK insists on sending a header.
    private const string NoKey = "none";

    /// <summary>Makes the client.</summary>
    /// <param name="options">Valid options of a provider other than offline.</param>
    /// <param name="http">Carries the requests (<see cref="ProviderHttp"/>).</param>
    /// <param name="credential">Signs in to Azure where no key is set.</param>
    public static IChatClient Create(ChatProviderOptions options, HttpClient http, Func<TokenCredential> credential)
        => options.Provider switch
        {
            ChatProviders.AzureOpenAI => AzureOpenAI(options, http, credential),
            ChatProviders.OpenAI => OpenAI(options, http),
            ChatProviders.Ollama => Ollama(options, http),
            _ => throw new ArgumentException($"The provider '{options.Provider}' has no client.", nameof(options)),
        };

    private static IChatClient AzureOpenAI(ChatProviderOptions options, HttpClient http, Func<TokenCredential> credential)
    {
        AzureOpenAIClientOptions settings = Plain(new AzureOpenAIClientOptions(), http);
        AzureOpenAIClient client = options.ApiKey.Length > 0
            ? new AzureOpenAIClient(options.EndpointUri, new ApiKeyCredential(options.ApiKey), settings)
            : new AzureOpenAIClient(options.EndpointUri, credential(), settings);
        return client.GetChatClient(options.Model).AsIChatClient();
    }

    private static IChatClient OpenAI(ChatProviderOptions options, HttpClient http)
    {
        OpenAIClientOptions settings = Plain(new OpenAIClientOptions(), http);
        settings.Endpoint = options.EndpointUri;
        ApiKeyCredential key = new(options.ApiKey.Length > 0 ? options.ApiKey : NoKey);
        return new ChatClient(options.Model, key, settings).AsIChatClient();
    }

    private static OllamaApiClient Ollama(ChatProviderOptions options, HttpClient http)
    {
        http.BaseAddress = options.EndpointUri;
        return new OllamaApiClient(http, options.Model);
    }

    private static TOptions Plain<TOptions>(TOptions settings, HttpClient http)
        where TOptions : ClientPipelineOptions
    {
        settings.Transport = new HttpClientPipelineTransport(http);
        settings.RetryPolicy = new ClientRetryPolicy(maxRetries: 0);
        settings.NetworkTimeout = Timeout.InfiniteTimeSpan;
        return settings;
    }
}
