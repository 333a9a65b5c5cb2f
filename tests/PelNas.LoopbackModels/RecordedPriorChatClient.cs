using Microsoft.Extensions.AI;
using PelNas.Shared.Proposer.Offline;
using PelNas.Shared.SearchSpaces;

namespace PelNas.LoopbackModels;

/// <summary>
/// A test double of a language model: asked for a prior it gives the recorded one, and what it is asked after that the rule-based stand-in
/// answers. For tests and comparisons only.
/// </summary>
public sealed class RecordedPriorChatClient(ISearchSpace space) : IChatClient
{
    /// <summary>Its name in results.</summary>
    public const string ProviderName = "recorded prior of a language model";

    private readonly ChatClientMetadata _metadata = new(ProviderName);
    private readonly OfflineChatClient _offline = new(space);

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        // The stand-in has no repair turn: it gets the question again.
        ChatMessage question = messages.First(message => message.Role == ChatRole.User);
        return RecordedPrior.Answer(question.Text) is { } prior
            ? Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, prior)) { FinishReason = ChatFinishReason.Stop })
            : _offline.GetResponseAsync([question], options, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => throw new NotSupportedException("Nothing in a search streams.");

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType == typeof(ChatClientMetadata) ? _metadata : null;

    /// <inheritdoc/>
    public void Dispose() => _offline.Dispose();
}
