using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Predictor;
using PelNas.Shared.Proposer;
using PelNas.Shared.Proposer.Answers;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Search;

/// <summary>
/// The step <c>UpdateHeuristics</c> (LLM call 1 of a generation): has the reasoner rewrite a partition's rules from its results.
/// </summary>
public sealed class HeuristicsUpdater(
    RunContexts contexts, RunHistories histories, PredictorCache predictors, Spending spending, ProposerClient proposer)
{
    /// <summary>
    /// Runs the step and returns the rules in force. An unreadable or empty answer, or no budget for one, leaves the old ones. Where a call
    /// for the partition cannot matter (<see cref="PartitionOutlook"/>), nothing will be proposed by the rules, and nobody is asked for
    /// them.
    /// </summary>
    public async Task<HeuristicsRow> UpdateAsync(
        string runId, int partition, int generation, Allowance allowance, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, generation, cancellationToken);
        RunHistory history = await histories.BeforeAsync(context.Run, generation, cancellationToken);
        RunCandidates candidates = RunCandidates.Of(history, generation);
        IReadOnlyList<Heuristic> old = history.Heuristics(partition) is [.., var last] ? last.Rules : [];

        (ReasonerAnswer? answer, ChatUsage usage, AnswerTally answers) = (null, ChatUsage.None, AnswerTally.None);
        if (PartitionOutlook.Of(context, partition, candidates, await predictors.GetAsync(context, candidates, generation)).IsWorthACall)
        {
            AccuracyPredictor? predictor = await predictors.GetForCandidatesAsync(context, candidates, generation, cancellationToken);
            GenerationView view = GenerationView.Of(partition, generation, history, candidates, predictor);
            Question<ReasonerPayload> question = ReasonerPayloads.Ask(context, view, Predict(context, view), old);
            ChatCall call = await spending.OpenAsync(context.Run, partition, generation, allowance, cancellationToken);
            (usage, answers, _) = await proposer.AskTwiceAsync(
                question with { Call = call }, new ReasonerAnswerReader(context.Space), question.Payload.MaxRules, refused: [], Take,
                cancellationToken);
        }

        HeuristicsRow row = new()
        {
            Partition = partition,
            Generation = generation,
            Rules = answer is { Rules.Count: > 0 } ? MostTrusted(answer.Rules) : old,
            Usage = usage,
            Answers = answers,
        };
        return await histories.AddAsync(context.Run, row, cancellationToken);

        UnusableAnswers? Take(ChatReply<ReasonerAnswer> reply)
        {
            answer = reply.Answer;
            return reply.Unusable;
        }
    }

    /// <summary>As many rules as are kept, the most trusted ones, in the order in which they were stated.</summary>
    private static Heuristic[] MostTrusted(IReadOnlyList<Heuristic> rules) =>
    [
        .. rules.Index().OrderByDescending(rule => rule.Item.Confidence).Take(ReasonerPayloads.MaxRules).OrderBy(rule => rule.Index)
            .Select(rule => rule.Item),
    ];

    /// <summary>
    /// The most promising candidates with no label yet. They are predicted here rather than read, since a later step of the same
    /// generation writes its predictions over the stored ones, and this step has to ask the same when it runs twice.
    /// </summary>
    private static PredictedPayload[] Predict(RunContext context, GenerationView view)
    {
        if (view.Predictor is not { } predictor)
        {
            return [];
        }

        return
        [
            .. view.Candidates.Unlabelled
                .Where(candidate => candidate.Partition == view.Partition && candidate.Row.Generation < view.Generation
                    && predictor.CanPredict(candidate.Row.Index))
                .Select(candidate => (candidate.Row, Prediction: predictor.Predict(candidate.Row.Index)))
                .OrderByDescending(item => item.Prediction.Mean).ThenBy(item => item.Row.Index)
                .Take(ReasonerPayloads.MaxPredicted)
                .Select(item => new PredictedPayload(
                    context.Space.Format(item.Row.Index),
                    PromptText.Short(predictor.Scale.ToAccuracy(item.Prediction.Mean)),
                    PromptText.Short(AccuracyScale.ToPoints(item.Prediction.Mean, item.Prediction.Deviation)),
                    PromptText.Short(context.Benchmark.LatencyMs[item.Row.Index]),
                    item.Row.Origin ?? CandidateOrigin.Seed,
                    PayloadParts.Rationale(item.Row, PromptText.PredictedRationaleBytes))),
        ];
    }
}
