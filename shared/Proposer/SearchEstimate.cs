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
        int calls = 0;
        long input = 0;
        long output = 0;
        foreach (Call call in CallsOf(context))
        {
            calls += call.Times;
            foreach (TokenEstimate turn in call.Turns.Select(messages => TokenEstimate.Of(messages, call.Options)))
            {
                input += call.Times * turn.Input;
                output += call.Times * (turn.Output + reasoningTokens);
            }
        }

        return new SearchEstimate(calls, 2 * calls, input, output, price?.Usd(input, output), CallUsdOf(context, price, reasoningTokens));
    }

    /// <summary>US dollars that the dearest call of a search reserves, or null where the price is not known.</summary>
    /// <param name="price">The proposer's price.</param>
    /// <param name="reasoningTokens">Answer tokens that a reasoning model may spend on top of each answer.</param>
    public static double? CallUsdOf(RunContext context, ModelPrice? price, int reasoningTokens)
        => CallsOf(context).SelectMany(call => call.Turns, (call, messages) => TokenBounds.Of(messages, call.Options))
            .Max(turn => price?.Usd(turn.MostInput, turn.MostOutput + reasoningTokens));

    private static IEnumerable<Call> CallsOf(RunContext context)
    {
        int rounds = context.Request.Generations * context.Run.Partitions.Count;
        yield return Call.Of<ArchitectPayload, ArchitectAnswer>(rounds, PromptBounds.Architect(context));
        if (context.Request.UseHeuristics)
        {
            yield return Call.Of<ReasonerPayload, ReasonerAnswer>(rounds, PromptBounds.Reasoner(context));
        }

        string usual = context.Run.Proposer == ChatProviders.Offline ? PriorSources.None : PriorSources.Llm;
        if ((context.Request.Prior ?? usual) == PriorSources.Llm)
        {
            yield return Call.Of<PriorPayload, PriorAnswer>(1, PriorPayloads.Ask(context));
        }
    }

    /// <summary>A question that is asked so many times, with its repair turn.</summary>
    private sealed record Call(int Times, ChatOptions Options, IReadOnlyList<ChatMessage>[] Turns)
    {
        public static Call Of<TPayload, TAnswer>(int times, Question<TPayload> question)
        {
            (IReadOnlyList<ChatMessage> messages, ChatOptions options) = ProposerClient.Render<TPayload, TAnswer>(question);
            return new Call(times, options, [messages, PromptBounds.Repair(question)]);
        }
    }
}
