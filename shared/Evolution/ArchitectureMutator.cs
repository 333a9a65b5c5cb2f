using PelNas.Shared.Chat;
using PelNas.Shared.Runs;
using PelNas.Shared.Scoring.ZeroCost;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Evolution;

/// <summary>
/// The step <c>MutateArchitectures</c> (LLM call 2 of a generation): asks the architect for crossovers and mutations of the
/// partition's Pareto parents, validates the answer, fills a shortfall with the plain operators, counted as such, and adds as many
/// cells that the predictor finds promising.
/// </summary>
public sealed class ArchitectureMutator(IRunStore store, RunContexts contexts, PredictorCache predictors, Proposer proposer)
{
    private const double CrossoverProbability = 0.5;
    private const int RationaleLimit = 400;

    /// <summary>Runs the step.</summary>
    /// <returns>The counts that the search goes by.</returns>
    public async Task<ProposalCounts> MutateAsync(string runId, int partition, int generation, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, cancellationToken);
        RunCandidates candidates = await RunCandidates.LoadAsync(store, context.Run, generation, cancellationToken);
        IReadOnlyList<HeuristicsRow> heuristics = await store.GetHeuristicsAsync(runId, partition, cancellationToken);
        HeuristicsRow? current = heuristics.FirstOrDefault(row => row.Generation == generation);

        PartitionHistory history = PartitionHistory.Of(partition, candidates);
        ArchitectPayload payload = ArchitectPayloads.Create(context, history, current?.Rules ?? [], CrossoverProbability);
        int seed = SeededRandom.For(context.Request.Seed, "architect", partition, generation).Next();
        ChatReply<ArchitectAnswer> reply = await proposer.AskAsync<ArchitectPayload, ArchitectAnswer>(
            PromptTemplate.Architect, payload, seed, cancellationToken);

        ProposalValidator validator = new(context, partition, candidates.Proposed.Select(candidate => candidate.Row.Index));
        List<CandidateRow> accepted = Accept(validator, reply.Answer, payload.Count, generation);
        int proposed = accepted.Count;
        ShortfallFiller filler = new(context, partition, validator, history);
        foreach (int index in filler.Fill(payload.Count - proposed, SeededRandom.For(context.Request.Seed, "fill", partition, generation)))
        {
            accepted.Add(new CandidateRow { Index = index, Generation = generation, Origin = ShortfallFiller.Origin });
        }

        int filled = accepted.Count - proposed;
        if (predictors.Get(context, candidates, generation) is { } predictor)
        {
            accepted.AddRange(PredictorProposals.Choose(context, partition, predictor, candidates, accepted.Select(row => row.Index), payload.Count)
                .Select(index => new CandidateRow { Index = index, Generation = generation, Origin = PredictorProposals.Origin })
                .ToArray());
        }

        RoundRow round = new()
        {
            Partition = partition,
            Generation = generation,
            Accepted = accepted.Count,
            FilledIn = filled,
            Rejected = reply.Problem is { } problem
                ? [new RejectedProposal(UntrustedText.Cut(reply.Text, ProposalValidator.TextLimit), "illegal", problem)]
                : [.. validator.Rejected],
            Usage = reply.Usage + (current?.Usage ?? ChatUsage.None),
        };
        await store.MergeCandidatesAsync(runId, partition, accepted, cancellationToken);
        await store.PutRoundAsync(runId, round, cancellationToken);
        return new ProposalCounts(round.Accepted, round.Usage.Calls, round.Usage.Usd);
    }

    private static List<CandidateRow> Accept(ProposalValidator validator, ArchitectAnswer? answer, int count, int generation)
    {
        List<CandidateRow> accepted = [];
        foreach (Proposal proposal in answer?.Architectures ?? [])
        {
            if (accepted.Count < count && validator.TryAccept(proposal.Architecture, out int index))
            {
                accepted.Add(new CandidateRow
                {
                    Index = index,
                    Generation = generation,
                    Origin = proposal.Origin == "crossover" ? "crossover" : "mutation",
                    Rationale = UntrustedText.Cut(proposal.Rationale, RationaleLimit),
                });
            }
        }

        return accepted;
    }
}
