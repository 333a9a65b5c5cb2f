using Microsoft.Extensions.AI;

namespace PelNas.Shared.Llm.Providers;

/// <summary>Leaves out what the configured model does not take, the answer's schema or the seed, and has the OpenAI clients send a schema as strict.</summary>
internal sealed class RequestShapeChatClient(IChatClient inner, bool structuredOutput, bool sendSeed) : DelegatingChatClient(inner)
{
    // The name under which Microsoft.Extensions.AI.OpenAI looks for it; with it the provider holds the answer to the schema.
    private const string Strict = "strict";

    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatOptions sent = options?.Clone() ?? new ChatOptions();
        sent.ResponseFormat = structuredOutput ? sent.ResponseFormat : null;
        if (sent.ResponseFormat is ChatResponseFormatJson { Schema: not null })
        {
            (sent.AdditionalProperties ??= [])[Strict] = true;
        }

        sent.Seed = sendSeed ? sent.Seed : null;
        return base.GetResponseAsync(messages, sent, cancellationToken);
    }
}
