using System.Text.Json;
using Microsoft.Extensions.AI;
using PelNas.Shared.Proposer;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>
/// A proposer that never proposes, for the ablation: the plain operators then fill every generation. Its name in results is
/// <c>none</c>.
/// </summary>
internal sealed class SilentChatClient : IChatClient
{
    public const string ProviderName = "none";

    private static readonly string Answer = JsonSerializer.Serialize(new ArchitectAnswer([]), ChatJson.Options);

    private readonly ChatClientMetadata _metadata = new(ProviderName);

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Answer)));

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => throw new NotSupportedException("Nothing in a search streams.");

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType == typeof(ChatClientMetadata) ? _metadata : null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
