using Microsoft.Extensions.AI;

namespace PelNas.Shared.Chat.Providers;

/// <summary>Leaves out what the configured model does not take: the answer's schema, the seed.</summary>
internal sealed class RequestShapeChatClient(IChatClient inner, bool structuredOutput, bool sendSeed) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatOptions sent = options?.Clone() ?? new ChatOptions();
        sent.ResponseFormat = structuredOutput ? sent.ResponseFormat : null;
        sent.Seed = sendSeed ? sent.Seed : null;
        return base.GetResponseAsync(messages, sent, cancellationToken);
    }
}
