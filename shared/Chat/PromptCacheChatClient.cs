using Microsoft.Extensions.AI;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Chat;

/// <summary>
/// Looks an answer up by its prompt's hash before the call and stores it before it returns, so that an activity that runs twice
/// pays once and gets the same answer.
/// </summary>
public sealed class PromptCacheChatClient(IChatClient inner, IRunStore store) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        string hash = PromptHash.Of(this.GetService<ChatClientMetadata>(), prompt, options);
        if (await store.GetChatAnswerAsync(hash, cancellationToken) is { } stored)
        {
            return PelNasJson.Deserialize<CachedAnswer>(stored).ToResponse();
        }

        ChatResponse response = await base.GetResponseAsync(prompt, options, cancellationToken);
        string answer = PelNasJson.Serialize(CachedAnswer.Of(response));

        // The answer is paid for: it is kept even when the caller has been cancelled meanwhile.
        await store.PutChatAnswerAsync(hash, answer, CancellationToken.None);
        return response;
    }
}
