using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Proposer;
using PelNas.Shared.Proposer.Answers;
using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>A question to the proposer with its repair turn.</summary>
internal static class ProposerDialogue
{
    /// <summary>
    /// Asks, and once more where nothing could be read of the answer. No answer where there was no budget left for a call: a step after
    /// this one asks too, and reports it.
    /// </summary>
    /// <param name="most">Most that is wanted of the answer's items.</param>
    public static async Task<(TAnswer? Answer, ChatUsage Usage, AnswerTally Answers)> AskTwiceAsync<TPayload, TAnswer>(
        this ProposerClient proposer, Question<TPayload> question, IAnswerReader<TAnswer> reader, int most,
        CancellationToken cancellationToken)
        where TAnswer : class
    {
        ChatUsage usage = ChatUsage.None;
        AnswerTally answers = AnswerTally.None;
        try
        {
            ChatReply<TAnswer> reply = await proposer.AskAsync(question, reader, cancellationToken);
            usage += reply.Usage;
            answers += AnswerTally.One(reply.Unusable);
            if (reply.Answer is null && !reply.IsDeclined && !proposer.IsOffline)
            {
                RepairPayload request = RepairPayload.Create(reply.Problem, [], most);
                reply = await proposer.RepairAsync(question, reply, request, reader, cancellationToken);
                usage += reply.Usage;
                answers += AnswerTally.One(reply.Unusable);
            }

            return (reply.Answer, usage, answers);
        }
        catch (BudgetExhaustedException)
        {
            return (null, usage, answers);
        }
    }
}
