using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;

namespace PelNas.Shared.Proposer;

/// <summary>
/// The most that a search's calls can come to, if every prompt is the largest, every answer the longest and has to be mended, before the
/// limits of the request cut it off. Attempts that are lost on the way come on top.
/// </summary>
/// <param name="Calls">Calls without repair turns: those of answers of which half can be used.</param>
/// <param name="MostCalls">Calls if every answer needs its repair turn.</param>
/// <param name="InputTokens">Prompt tokens of <paramref name="MostCalls"/>, by o200k.</param>
/// <param name="OutputTokens">Answer tokens of <paramref name="MostCalls"/>.</param>
/// <param name="Usd">US dollars for <paramref name="MostCalls"/>, or null where the price is not known.</param>
/// <param name="CallUsd">
/// US dollars that the dearest call reserves: it is made only while so much of a limit is left. Null where the price is not known.
/// </param>
public sealed record SearchEstimate(int Calls, int MostCalls, long InputTokens, long OutputTokens, double? Usd, double? CallUsd)
{
    /// <summary>Estimates a search.</summary>
    /// <param name="context">The run as it would be planned.</param>
    /// <param name="price">The proposer's price, or null where it is not known.</param>
    /// <param name="reasoningTokens">Answer tokens that a reasoning model may spend on top of each answer.</param>
    public static SearchEstimate Of(RunContext context, ModelPrice? price, int reasoningTokens = 0)
    {
        int rounds = context.Request.Generations * context.Run.Partitions.Count;
        Turns architect = Estimate<ArchitectPayload, ArchitectAnswer>(PromptBounds.Architect(context));
        Turns reasoner = context.Request.UseHeuristics
            ? Estimate<ReasonerPayload, ReasonerAnswer>(PromptBounds.Reasoner(context))
            : new Turns(0, 0);
        bool asksPrior = AsksPrior(context);
        Turns prior = asksPrior ? Estimate<PriorPayload, PriorAnswer>(PriorPayloads.Ask(context)) : new Turns(0, 0);
        int calls = (rounds * (context.Request.UseHeuristics ? 2 : 1)) + (asksPrior ? 1 : 0);
        long input = (rounds * (architect.Input + reasoner.Input)) + prior.Input;
        long output = (rounds * (architect.Output + reasoner.Output)) + prior.Output + (2L * calls * reasoningTokens);
        return new SearchEstimate(calls, 2 * calls, input, output, price?.Usd(input, output), CallUsdOf(context, price, reasoningTokens));
    }

    private static bool AsksPrior(RunContext context)
        => (context.Request.Prior
            ?? (context.Run.Proposer == ChatProviders.Offline ? PriorSources.None : PriorSources.Llm)) == PriorSources.Llm;

    /// <summary>US dollars that the dearest call of a search reserves, or null where the price is not known.</summary>
    /// <param name="price">The proposer's price.</param>
    /// <param name="reasoningTokens">Answer tokens that a reasoning model may spend on top of each answer.</param>
    public static double? CallUsdOf(RunContext context, ModelPrice? price, int reasoningTokens = 0)
    {
        IEnumerable<TokenBounds> bounds = context.Request.UseHeuristics
            ? BoundsOf<ReasonerPayload, ReasonerAnswer>(PromptBounds.Reasoner(context))
            : [];
        IEnumerable<TokenBounds> prior = AsksPrior(context) ? BoundsOf<PriorPayload, PriorAnswer>(PriorPayloads.Ask(context)) : [];
        return BoundsOf<ArchitectPayload, ArchitectAnswer>(PromptBounds.Architect(context)).Concat(bounds).Concat(prior)
            .Max(call => price?.Usd(call.MostInput, call.MostOutput + reasoningTokens));
    }

    private static TokenBounds[] BoundsOf<TPayload, TAnswer>(Question<TPayload> question)
    {
        (IReadOnlyList<ChatMessage> messages, ChatOptions options) = ProposerClient.Render<TPayload, TAnswer>(question);
        return [TokenBounds.Of(messages, options), TokenBounds.Of(PromptBounds.Repair(question), options)];
    }

    private static Turns Estimate<TPayload, TAnswer>(Question<TPayload> question)
    {
        (IReadOnlyList<ChatMessage> messages, ChatOptions options) = ProposerClient.Render<TPayload, TAnswer>(question);
        IReadOnlyList<ChatMessage> mending = PromptBounds.Repair(question);
        TokenEstimate first = TokenEstimate.Of(messages, options);
        TokenEstimate repair = TokenEstimate.Of(mending, options);
        return new Turns(first.Input + repair.Input, first.Output + repair.Output);
    }

    /// <summary>The tokens of a question and its repair turn.</summary>
    private sealed record Turns(long Input, long Output);
}
