using Microsoft.Extensions.AI;
using PelNas.Shared.Records;

namespace PelNas.Shared.Llm;

/// <summary>A client that answers by itself, with no provider behind it.</summary>
/// <param name="metadata">What it is called.</param>
/// <param name="price">What its answers cost.</param>
public abstract class LocalChatClient(ChatClientMetadata metadata, ModelPrice price) : IChatClient
{
    /// <inheritdoc/>
    public abstract Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => throw new NotSupportedException("It answers whole; nothing in a search streams.");

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType switch
    {
        _ when serviceKey is not null => null,
        _ when serviceType == typeof(ChatClientMetadata) => metadata,
        _ when serviceType == typeof(ModelPrice) => price,
        _ when serviceType?.IsInstanceOfType(this) == true => this,
        _ => null,
    };

    /// <inheritdoc/>
    public void Dispose() => GC.SuppressFinalize(this);
}
