using Microsoft.Extensions.AI;

namespace PelNas.Shared.Llm.Providers;

/// <summary>
/// Gives reasoning models room to think: their reasoning counts as answer tokens, so that a limit made for the answer alone would cut
/// it off before its first word. Stands above limiter, budget and cache, which reckon with the whole.
/// </summary>
internal sealed class ReasoningRoomChatClient(IChatClient inner, int tokens) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options?.MaxOutputTokens is { } answer)
        {
            options = options.Clone();
            options.MaxOutputTokens = answer + tokens;
        }

        return base.GetResponseAsync(messages, options, cancellationToken);
    }
}
