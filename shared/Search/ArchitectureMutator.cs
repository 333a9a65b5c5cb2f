using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Predictor;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Proposer;
using PelNas.Shared.Proposer.Answers;
using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>
/// The step <c>MutateArchitectures</c> (LLM call 2 of a generation): asks the architect for crossovers and mutations of the
/// partition's Pareto parents, validates the answer, fills a shortfall with the plain operators, counted as such, and adds as many
/// cells that the predictor finds promising.
/// </summary>
public sealed class ArchitectureMutator(
    RunContexts contexts, RunHistories histories, PredictorCache predictors, Spending spending, ProposerClient proposer)
{
    private const int RationaleLimit = 400;

    /// <summary>Runs the step.</summary>
    /// <returns>The counts that the search goes by.</returns>
    public async Task<ProposalCounts> MutateAsync(
        string runId, int partition, int generation, Allowance allowance, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, generation, cancellationToken);
        RunHistory before = await histories.BeforeAsync(context.Run, generation, cancellationToken);
        RunCandidates candidates = RunCandidates.Of(before, generation);
        HeuristicsRow? current = context.Request.UseHeuristics
            ? await histories.FindAsync<HeuristicsRow>(
                context.Run, new(generation, GenerationKinds.Heuristics, partition), cancellationToken)
            : null;

        AccuracyPredictor? predictor = await predictors.GetAsync(context, candidates, generation);
        PartitionOutlook outlook = PartitionOutlook.Of(context, partition, candidates, predictor);
        int count = outlook.IsWorthACall ? Math.Min(outlook.Untried.Count, CountOf(context, candidates, generation)) : 0;
        GenerationView view = GenerationView.Of(partition, generation, before, candidates, predictor);
        ProposalValidator validator = new(context, partition, candidates.Proposed.Select(candidate => candidate.Row.Index));

        List<CandidateRow> accepted = [];
        List<Expectation> expected = [];
        List<RejectedProposal> unreadable = [];
        (ChatUsage usage, AnswerTally answers, double? neededUsd) = (ChatUsage.None, AnswerTally.None, null);
        ChatCall? call = null;
        if (count > 0)
        {
            Question<ArchitectPayload> question = ArchitectPayloads.Ask(context, view, outlook.Untried, current?.Rules ?? [], count);
            call = await spending.OpenAsync(context.Run, partition, generation, allowance, cancellationToken);
            (usage, answers, neededUsd) = await proposer.AskTwiceAsync(
                question with { Call = call }, new ArchitectAnswerReader(context.Space), count, validator.Rejected, Take,
                cancellationToken);
        }

        int proposed = accepted.Count;
        ShortfallFiller filler = new(context, partition, validator, view.History);
        foreach (int index in filler.Fill(count - proposed, SeededRandom.For(context.Request.Seed, "fill", partition, generation)))
        {
            accepted.Add(new CandidateRow { Index = index, Generation = generation, Origin = CandidateOrigin.Operator });
        }

        // While nothing can be predicted, chance makes up for what the proposer fell short of: under tight limits there may be fewer
        // functions than labels it takes.
        string origin = predictor is null ? CandidateOrigin.Operator : CandidateOrigin.Predictor;
        int further = context.Request.ProposalsPerPartition - (predictor is null ? accepted.Count : 0);
        accepted.AddRange(outlook.Untried.Except(accepted.Select(candidate => candidate.Index)).Take(further).ToArray()
            .Select(index => new CandidateRow { Index = index, Generation = generation, Origin = origin }));

        RoundRow round = new()
        {
            Partition = partition,
            Generation = generation,
            Accepted = accepted.Count,
            FilledIn = accepted.Count(candidate => candidate.Origin == CandidateOrigin.Operator),
            Expected = expected,
            Rejected = [.. unreadable, .. validator.Rejected],
            Usage = usage + (current?.Usage ?? ChatUsage.None),
            Answers = (current?.Answers ?? AnswerTally.None) + answers,
        };
        if (validator.Placed.Count > 0)
        {
            await histories.AddAsync(context.Run, PoolRow.Of(generation, partition, validator.Placed), cancellationToken);
        }

        ProposalsRow row = new(round, accepted, neededUsd, call?.Account?.Row.Spent);
        return (await histories.AddAsync(context.Run, row, cancellationToken)).ToCounts();

        UnusableAnswers? Take(ChatReply<ArchitectAnswer> reply)
        {
            int refused = validator.Rejected.Count;
            foreach (Proposal proposal in reply.Answer?.Architectures ?? [])
            {
                if (accepted.Count < count && validator.TryAccept(proposal.Architecture, out int index))
                {
                    expected.Add(new Expectation(index, proposal.ExpectedAccuracy));
                    accepted.Add(Candidate(index, generation, proposal));
                }
            }

            if (reply.Problem is { } problem)
            {
                unreadable.Add(new RejectedProposal(UntrustedText.Line(reply.Text, ProposalValidator.TextLimit), "illegal", problem));
            }

            return accepted.Count > 0 ? null : reply.Unusable ?? AllRefused([.. validator.Rejected.Skip(refused)]);
        }
    }

    private static CandidateRow Candidate(int index, int generation, Proposal proposal) => new()
    {
        Index = index,
        Generation = generation,
        Origin = proposal.Origin == CandidateOrigin.Crossover ? CandidateOrigin.Crossover : CandidateOrigin.Mutation,
        Rationale = UntrustedText.Line(proposal.Rationale, RationaleLimit),
    };

    private static int CountOf(RunContext context, RunCandidates candidates, int generation) => LabelSchedule.Proposals(
        context.Request.MaxLabels - candidates.Labelled.Count(),
        context.Request.Generations - generation + 1,
        context.Run.Partitions.Count,
        context.Request.ProposalsPerPartition);

    private static UnusableAnswers AllRefused(RejectedProposal[] refused)
    {
        bool isTried = Array.TrueForAll(refused, proposal => proposal.Reason == ProposalValidator.Duplicate);
        return UnusableAnswers.One(isTried ? UnusableKind.Duplicates : UnusableKind.Invalid, refused.Length > 0 ? refused[0].Text : "");
    }
}
