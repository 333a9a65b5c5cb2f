using Microsoft.Extensions.AI;

namespace PelNas.Shared.Llm;

/// <summary>What is kept of an answer: all that a search uses.</summary>
/// <param name="Text">What the model wrote.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="FinishReason">Why it ended.</param>
/// <param name="InputTokens">Prompt tokens.</param>
/// <param name="OutputTokens">Answer tokens.</param>
/// <param name="Refusal">What the model wrote in the place that the interface keeps for refusals, or null.</param>
/// <param name="PaidBy">The run that was charged, or null where none was.</param>
internal sealed record CachedAnswer(string Text, string? Model, string? FinishReason, long InputTokens, long OutputTokens, string? Refusal = null, string? PaidBy = null)
{
    public static CachedAnswer Of(ChatResponse response, string? paidBy = null) => new(
        response.Text,
        response.ModelId,
        response.FinishReason?.Value,
        response.Usage?.InputTokenCount ?? 0,
        response.Usage?.OutputTokenCount ?? 0,
        response.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().FirstOrDefault()?.Message,
        paidBy);

    public ChatResponse ToResponse() => new(new ChatMessage(ChatRole.Assistant, Refusal is null ? [new TextContent(Text)] : [new TextContent(Text), new ErrorContent(Refusal)]))
    {
        ModelId = Model,
        FinishReason = FinishReason is null ? null : new ChatFinishReason(FinishReason),
        Usage = new UsageDetails { InputTokenCount = InputTokens, OutputTokenCount = OutputTokens, TotalTokenCount = InputTokens + OutputTokens },
    };
}
