using PelNas.Shared.Chat;
using PelNas.Shared.Chat.Answers;
using PelNas.Shared.Chat.Budget;
using PelNas.Shared.Evolution;
using PelNas.Shared.Runs;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Heuristics;

/// <summary>The step <c>UpdateHeuristics</c> (LLM call 1 of a generation): has the reasoner rewrite a partition's rules from its results.</summary>
public sealed class HeuristicsUpdater(IRunStore store, RunContexts contexts, Proposer proposer)
{
    /// <summary>Longest answer: twelve rules of twice 300 characters.</summary>
    public const int MaxOutputTokens = 4096;

    /// <summary>Runs the step and returns the rules in force. An unreadable answer, or no budget for one, leaves the old ones.</summary>
    public async Task<HeuristicsRow> UpdateAsync(string runId, int partition, int generation, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, cancellationToken);
        RunCandidates candidates = await RunCandidates.LoadPartitionAsync(store, runId, partition, generation, cancellationToken);
        IReadOnlyList<HeuristicsRow> past = await store.GetHeuristicsAsync(runId, partition, cancellationToken);
        IReadOnlyList<Heuristic> old = past.LastOrDefault(row => row.Generation < generation)?.Rules ?? [];

        ReasonerPayload payload = ReasonerPayloads.Create(context, PartitionHistory.Of(partition, candidates), old);
        int seed = SeededRandom.For(context.Request.Seed, "reasoner", partition, generation).Next();
        Question<ReasonerPayload> question = new(PromptTemplate.Reasoner, payload, seed, MaxOutputTokens, context.Call);
        (ReasonerAnswer? answer, ChatUsage usage) = await AskAsync(question, context.Space, cancellationToken);

        HeuristicsRow row = new()
        {
            Partition = partition,
            Generation = generation,
            Rules = answer is null ? old : [.. answer.Rules.Take(ReasonerPayloads.MaxRules)],
            Usage = usage,
        };
        await store.PutHeuristicsAsync(runId, row, cancellationToken);
        return row;
    }

    /// <summary>Asks, and once more where the answer cannot be read.</summary>
    private async Task<(ReasonerAnswer? Answer, ChatUsage Usage)> AskAsync(
        Question<ReasonerPayload> question, ISearchSpace space, CancellationToken cancellationToken)
    {
        ReasonerAnswerReader reader = new(space);
        ChatUsage usage = ChatUsage.None;
        try
        {
            ChatReply<ReasonerAnswer> reply = await proposer.AskAsync(question, reader, cancellationToken);
            usage += reply.Usage;
            if (reply.Answer is null && !reply.IsDeclined && !proposer.IsOffline)
            {
                RepairPayload request = RepairPayload.Create(reply.Problem, [], question.Payload.MaxRules);
                reply = await proposer.RepairAsync(question, reply, request, reader, cancellationToken);
                usage += reply.Usage;
            }

            return (reply.Answer, usage);
        }
        catch (BudgetExhaustedException)
        {
            // The step after this one asks too, and reports it.
            return (null, usage);
        }
    }
}
