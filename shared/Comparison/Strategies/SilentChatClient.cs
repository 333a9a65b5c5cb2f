using System.Text.Json;
using Microsoft.Extensions.AI;
using PelNas.Shared.Llm;
using PelNas.Shared.Proposer;
using PelNas.Shared.Records;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>
/// A proposer that never proposes, for the ablation: the plain operators then fill every generation. Its name in results is
/// <c>none</c>.
/// </summary>
internal sealed class SilentChatClient() : LocalChatClient(new ChatClientMetadata(ProviderName), ModelPrice.Free(ProviderName))
{
    public const string ProviderName = "none";

    private static readonly string Answer = JsonSerializer.Serialize(new ArchitectAnswer([]), ChatJson.Options);

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Answer)));
}
