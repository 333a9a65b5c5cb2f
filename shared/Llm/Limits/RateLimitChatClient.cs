using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Faults;

namespace PelNas.Shared.Llm.Limits;

/// <summary>Sends a call when the process may, and holds the others back when the provider asks one to wait.</summary>
internal sealed class RateLimitChatClient(IChatClient inner, ChatRateLimiter limiter) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        await limiter.WaitAsync(TokenEstimate.Of(prompt, options), cancellationToken);
        try
        {
            return await base.GetResponseAsync(prompt, options, cancellationToken);
        }
        catch (ProposerUnavailableException exception) when (exception.Fault.RetryAfter is { } wait)
        {
            limiter.Hold(wait);
            throw;
        }
    }
}
