using Microsoft.Extensions.AI;

namespace PelNas.Shared.Chat;

/// <summary>What is kept of an answer: all that a search uses.</summary>
internal sealed record CachedAnswer(string Text, string? Model, string? FinishReason, long InputTokens, long OutputTokens)
{
    public static CachedAnswer Of(ChatResponse response) => new(
        response.Text,
        response.ModelId,
        response.FinishReason?.Value,
        response.Usage?.InputTokenCount ?? 0,
        response.Usage?.OutputTokenCount ?? 0);

    public ChatResponse ToResponse() => new(new ChatMessage(ChatRole.Assistant, Text))
    {
        ModelId = Model,
        FinishReason = FinishReason is null ? null : new ChatFinishReason(FinishReason),
        Usage = new UsageDetails { InputTokenCount = InputTokens, OutputTokenCount = OutputTokens, TotalTokenCount = InputTokens + OutputTokens },
    };
}
