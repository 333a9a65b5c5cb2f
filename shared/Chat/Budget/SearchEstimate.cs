using Microsoft.Extensions.AI;
using PelNas.Shared.Runs;

namespace PelNas.Shared.Chat.Budget;

/// <summary>The most that a search's calls can come to, if every prompt is the largest and every answer the longest, before the limits of the request cut it off.</summary>
/// <param name="Calls">Calls without repair turns: those of answers of which half can be used.</param>
/// <param name="MostCalls">Calls if every answer needs its repair turn.</param>
/// <param name="InputTokens">Prompt tokens of <paramref name="Calls"/>, by o200k.</param>
/// <param name="OutputTokens">Answer tokens of <paramref name="Calls"/>.</param>
/// <param name="Usd">US dollars for <paramref name="Calls"/>, or null where the price is not known.</param>
public sealed record SearchEstimate(int Calls, int MostCalls, long InputTokens, long OutputTokens, double? Usd)
{
    /// <summary>Estimates a search.</summary>
    /// <param name="context">The run as it would be planned.</param>
    /// <param name="price">The proposer's price, or null where it is not known.</param>
    public static SearchEstimate Of(RunContext context, ModelPrice? price)
    {
        ArgumentNullException.ThrowIfNull(context);
        int rounds = context.Request.Generations * context.Run.Partitions.Count;
        TokenEstimate architect = Estimate<ArchitectPayload, ArchitectAnswer>(PromptBounds.Architect(context));
        TokenEstimate reasoner = context.Request.UseHeuristics
            ? Estimate<ReasonerPayload, ReasonerAnswer>(PromptBounds.Reasoner(context))
            : new TokenEstimate(0, 0);
        int calls = rounds * (context.Request.UseHeuristics ? 2 : 1);
        long input = (long)rounds * (architect.Input + reasoner.Input);
        long output = (long)rounds * (architect.Output + reasoner.Output);
        return new SearchEstimate(calls, 2 * calls, input, output, price?.Usd(input, output));
    }

    private static TokenEstimate Estimate<TPayload, TAnswer>(Question<TPayload> question)
    {
        (IReadOnlyList<ChatMessage> messages, ChatOptions options) = Proposer.Render<TPayload, TAnswer>(question);
        return TokenEstimate.Of(messages, options);
    }
}
