using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Proposer;
using PelNas.Shared.Proposer.Answers;
using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>A question to the proposer with its repair turn.</summary>
internal static class ProposerDialogue
{
    /// <summary>
    /// Asks, and once more where nothing can be used of the answer. A mere shortfall is made up for without another call. It ends where
    /// there is no budget left for a call.
    /// </summary>
    /// <param name="wanted">Most that is wanted of the answer's items.</param>
    /// <param name="refused">Items that were refused, which grow as answers are taken.</param>
    /// <param name="take">Takes an answer, and says why nothing of it can be used; null where something can.</param>
    /// <returns>
    /// What the answers cost, how they are counted, and what a call that there was no room for could have cost, US dollars.
    /// </returns>
    public static async Task<(ChatUsage Usage, AnswerTally Answers, double? NeededUsd)> AskTwiceAsync<TPayload, TAnswer>(
        this ProposerClient proposer, Question<TPayload> question, IAnswerReader<TAnswer> reader, int wanted,
        IReadOnlyList<RejectedProposal> refused, Func<ChatReply<TAnswer>, UnusableAnswers?> take, CancellationToken cancellationToken)
        where TAnswer : class
    {
        ChatUsage usage = ChatUsage.None;
        AnswerTally answers = AnswerTally.None;
        try
        {
            ChatReply<TAnswer> reply = await proposer.AskAsync(question, reader, cancellationToken);
            if (!IsOfUse(reply) && !reply.IsDeclined && !proposer.IsOffline)
            {
                RepairPayload request = RepairPayload.Create(reply.Problem, refused, wanted);
                IsOfUse(await proposer.RepairAsync(question, reply, request, reader, cancellationToken));
            }

            return (usage, answers, NeededUsd: null);
        }
        catch (BudgetExhaustedException exception)
        {
            return (usage, answers, exception.NeededUsd);
        }

        bool IsOfUse(ChatReply<TAnswer> reply)
        {
            UnusableAnswers? why = take(reply);
            usage += reply.Usage;
            answers += AnswerTally.One(why);
            return why is null;
        }
    }
}
