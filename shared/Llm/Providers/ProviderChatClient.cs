using System.Diagnostics;
using Azure.Identity;
using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Faults;

namespace PelNas.Shared.Llm.Providers;

/// <summary>
/// Stands next to the SDK and makes one provider of it like any other: names it as telemetry does, sends what the configured model takes,
/// limits the time of a call, and turns whatever the SDK throws into a <see cref="ProposerException"/>.
/// </summary>
internal sealed class ProviderChatClient(IChatClient inner, ChatProviderOptions options, TimeProvider time) : DelegatingChatClient(inner)
{
    // The name under which Microsoft.Extensions.AI.OpenAI looks for it; with it the provider holds the answer to the schema.
    private const string Strict = "strict";

    // The name under which OllamaSharp looks for it.
    private const string OllamaContext = "num_ctx";

    // Ollama loads a model again for each size of context, so that there should be few.
    private const int ContextStep = 8192;

    private readonly ChatClientMetadata _metadata = new(ChatProviders.TelemetryName(options.Provider), options.EndpointUri, options.Model);

    /// <exception cref="ProposerException">The call failed.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? callOptions = null, CancellationToken cancellationToken = default)
    {
        MarkSpan();
        ChatMessage[] prompt = [.. messages];
        using CancellationTokenSource limit = new(options.Timeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        AnswerStage stage = AnswerStage.Begin();
        try
        {
            return await base.GetResponseAsync(prompt, Shape(prompt, callOptions), either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
        {
            throw ProposerFaults.TimedOut(options).ToException(exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && FaultOf(exception, stage.IsAnswered) is { } fault)
        {
            throw fault.ToException();
        }
    }

    public override object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType == typeof(ChatClientMetadata) ? _metadata : base.GetService(serviceType, serviceKey);

    /// <summary>Says on the span of the call, which the client around this one has opened, that an LLM was asked.</summary>
    private static void MarkSpan()
    {
        if (Activity.Current is { Source.Name: ChatPipeline.TelemetrySource } span)
        {
            span.SetTag(TelemetryNames.AnswerSource, AnswerSources.Provider);
        }
    }

    /// <summary>
    /// Leaves out what the model does not take, the answer's schema or the seed, has the OpenAI clients send a schema as strict, and has
    /// Ollama load the model with a context that prompt and answer fit into: its own default is a few thousand tokens, and what does not
    /// fit it leaves out of the prompt's beginning without a word.
    /// </summary>
    private ChatOptions Shape(ChatMessage[] prompt, ChatOptions? asked)
    {
        ChatOptions sent = asked?.Clone() ?? new ChatOptions();
        sent.ResponseFormat = options.StructuredOutput ? sent.ResponseFormat : null;
        sent.Seed = options.SendSeed ? sent.Seed : null;
        if (sent.ResponseFormat is ChatResponseFormatJson { Schema: not null })
        {
            (sent.AdditionalProperties ??= [])[Strict] = true;
        }

        if (options.Provider == ChatProviders.Ollama)
        {
            (sent.AdditionalProperties ??= [])[OllamaContext] = Math.Max(options.ContextTokens, ContextFor(TokenEstimate.Of(prompt, sent)));
        }

        return sent;
    }

    /// <summary>A whole number of steps. Other models' tokenizers need up to a quarter more tokens for the same text.</summary>
    private static int ContextFor(TokenEstimate estimate)
        => ((estimate.Input * 5 / 4) + estimate.Output + ContextStep - 1) / ContextStep * ContextStep;

    /// <summary>
    /// The SDKs wrap what the transport throws, each in its own way; the cause that is known best is the innermost known one.
    /// </summary>
    private ProposerFault? FaultOf(Exception exception, bool isAnswered) => exception is AuthenticationFailedException signIn
        // What is inside it happened on the way to the identity's service, not to the provider.
        ? ProposerFaults.OfSignIn(signIn, options)
        : (exception.InnerException is { } cause ? FaultOf(cause, isAnswered) : null) ?? ProposerFaults.Of(exception, options, isAnswered);
}
