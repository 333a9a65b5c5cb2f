using PelNas.Shared.Chat;
using PelNas.Shared.Evolution;
using PelNas.Shared.Runs;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Heuristics;

/// <summary>The step <c>UpdateHeuristics</c> (LLM call 1 of a generation): has the reasoner rewrite a partition's rules from its results.</summary>
public sealed class HeuristicsUpdater(IRunStore store, RunContexts contexts, Proposer proposer)
{
    private const int TextLimit = 300;

    /// <summary>Runs the step and returns the rules in force. An unreadable answer leaves the old ones.</summary>
    public async Task<HeuristicsRow> UpdateAsync(string runId, int partition, int generation, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, cancellationToken);
        RunCandidates candidates = await RunCandidates.LoadPartitionAsync(store, runId, partition, generation, cancellationToken);
        IReadOnlyList<HeuristicsRow> past = await store.GetHeuristicsAsync(runId, partition, cancellationToken);
        IReadOnlyList<Heuristic> old = past.LastOrDefault(row => row.Generation < generation)?.Rules ?? [];

        ReasonerPayload payload = ReasonerPayloads.Create(context, PartitionHistory.Of(partition, candidates), old);
        int seed = SeededRandom.For(context.Request.Seed, "reasoner", partition, generation).Next();
        ChatReply<ReasonerAnswer> reply = await proposer.AskAsync<ReasonerPayload, ReasonerAnswer>(
            PromptTemplate.Reasoner, payload, seed, cancellationToken);

        HeuristicsRow row = new()
        {
            Partition = partition,
            Generation = generation,
            Rules = reply.Answer is { } answer ? [.. answer.Rules.Take(ReasonerPayloads.MaxRules).Select(Clean)] : old,
            Usage = reply.Usage,
        };
        await store.PutHeuristicsAsync(runId, row, cancellationToken);
        return row;
    }

    private static Heuristic Clean(Heuristic rule) => rule with
    {
        Kind = rule.Kind == "negative" ? "negative" : "positive",
        Text = UntrustedText.Cut(rule.Text, TextLimit),
        Evidence = UntrustedText.Cut(rule.Evidence, TextLimit),
        Confidence = double.IsFinite(rule.Confidence) ? Math.Clamp(rule.Confidence, 0, 1) : 0,
    };
}
