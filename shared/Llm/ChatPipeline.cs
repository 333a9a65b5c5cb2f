using Azure.Core;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Llm.Limits;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Llm.Recording;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Llm;

/// <summary>
/// Puts the chat client of the configured provider together with the clients around it, each of which has one concern. From the
/// outside in: recorder, room for reasoning, answer cache, retries, rate limit, budget, telemetry, faults, SDK. A retry passes the limiter and the budget again,
/// an answer from the cache none of them.
/// </summary>
public sealed class ChatPipeline(
    IChatClient offline, IAnswerStore answers, Func<TokenCredential> credential, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>Source of the telemetry: traces and metrics by the OpenTelemetry conventions for generative AI.</summary>
    public const string TelemetrySource = "PelNas.Chat";

    /// <summary>Longest that a connection to a provider may take. It is kept by real time.</summary>
    public TimeSpan ConnectTimeout { get; init; } = ProviderHttp.ConnectTimeout;

    /// <summary>Makes the client that a search asks.</summary>
    /// <param name="options">Valid options (<see cref="ChatProviderOptionsCheck"/>).</param>
    /// <exception cref="RecordingException">The file to record to or to replay cannot be used.</exception>
    public IChatClient Create(ChatProviderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Replay.Length > 0)
        {
            return new ReplayChatClient(options.Replay);
        }

        if (options.Provider == ChatProviders.Offline)
        {
            // It costs nothing and answers the same again, so nothing is kept of it.
            return options.Record.Length > 0 ? new RecordingChatClient(offline, options.Record) : offline;
        }

        IChatClient client = new PromptCacheChatClient(CreateUncached(options), answers);
        client = options.ReasoningTokens > 0 ? new ReasoningRoomChatClient(client, options.ReasoningTokens) : client;
        return options.Record.Length > 0 ? new RecordingChatClient(client, options.Record) : client;
    }

    /// <summary>Makes the client of an LLM without the answer cache, so that a call really is made.</summary>
    /// <param name="options">Valid options of a provider other than offline.</param>
    public IChatClient CreateUncached(ChatProviderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ChatClientBuilder(ChatClientFactory.Create(options, ProviderHttp.Create(time, ConnectTimeout), credential))
            .Use(inner => new NamedChatClient(inner, options.Provider, options.EndpointUri, options.Model))
            .Use(inner => new RetryChatClient(inner, time, loggers.CreateLogger<RetryChatClient>()))
            .Use(inner => new RateLimitChatClient(inner, new ChatRateLimiter(options, time)))
            .Use(inner => new BudgetChatClient(inner, PriceTable.Find(options)))
            // Without a logger: it would log every fault once more, with its stack.
            .UseOpenTelemetry(NullLoggerFactory.Instance, TelemetrySource, telemetry => telemetry.EnableSensitiveData = options.TelemetryContent)
            .Use((messages, callOptions, next, cancellationToken) =>
            {
                ChatSpans.MarkProvider();
                return next(messages, callOptions, cancellationToken);
            })
            .Use(inner => new NamedChatClient(inner, ChatProviders.TelemetryName(options.Provider), options.EndpointUri, options.Model))
            .Use(inner => new RequestShapeChatClient(inner, options.StructuredOutput, options.SendSeed))
            .Use(inner => options.Provider == ChatProviders.Ollama ? new OllamaContextChatClient(inner, options.ContextTokens) : inner)
            .Use(inner => new ProviderFaultChatClient(inner, options, time))
            .Build();
    }
}
