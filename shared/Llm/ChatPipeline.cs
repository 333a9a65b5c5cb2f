using Azure.Core;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Caching;
using PelNas.Shared.Llm.Limits;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Llm;

/// <summary>
/// Puts the chat client of the configured provider together with the clients around it, each of which has one concern. From the outside in:
/// answer cache, retries, rate limit, budget, telemetry, provider, SDK. A retry passes the limiter and the budget again, an answer from the
/// cache none of them. Around these stands, where it is requested, a second cache that is the recording.
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
        if (options.Replay.Length > 0)
        {
            RecordingFile replay = RecordingFile.OpenToReplay(options.Replay);
            return new AnswerCacheChatClient(replay.RefuseTheRest(), replay, replay.Proposer);
        }

        // The offline proposer costs nothing and answers the same again, so nothing is kept of it.
        IChatClient client = options.Provider == ChatProviders.Offline ? offline : CreateCached(options);
        if (options.Record.Length == 0)
        {
            return client;
        }

        RecordingFile recording = RecordingFile.OpenToRecord(options.Record, client.GetService<ChatClientMetadata>());
        return new AnswerCacheChatClient(client, recording, recording.Proposer);
    }

    /// <summary>Makes the client of an LLM without the answer cache, so that a call really is made.</summary>
    /// <param name="options">Valid options of a provider other than offline.</param>
    public IChatClient CreateUncached(ChatProviderOptions options)
        => new ChatClientBuilder(ChatClientFactory.Create(options, ProviderHttp.Create(time, ConnectTimeout), credential))
            .Use(inner => new RetryChatClient(inner, time, loggers.CreateLogger<RetryChatClient>()))
            .Use(inner => new RateLimitChatClient(inner, options, time))
            .Use(inner => new BudgetChatClient(inner, options))
            // Without a logger: it would log every fault once more, with its stack.
            .UseOpenTelemetry(
                NullLoggerFactory.Instance, TelemetrySource, telemetry => telemetry.EnableSensitiveData = options.TelemetryContent)
            .Use(inner => new ProviderChatClient(inner, options, time))
            .Build();

    private IChatClient CreateCached(ChatProviderOptions options)
    {
        AnswerCacheChatClient cache = new(CreateUncached(options), answers);

        // Reasoning counts as answer tokens, so that a limit made for the answer alone would cut it off before its first word. The room for
        // it is part of the question to all that follow: another room may bring another answer, and limiter and budget reckon with the
        // whole.
        return options.ReasoningTokens > 0
            ? new ConfigureOptionsChatClient(cache, question => question.MaxOutputTokens += options.ReasoningTokens)
            : cache;
    }
}
