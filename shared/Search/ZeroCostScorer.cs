using PelNas.Shared.Predictor;
using PelNas.Shared.Records;


namespace PelNas.Shared.Search;

/// <summary>
/// The step <c>ScoreZeroCost</c>: predicts the accuracy of the candidates that a generation added to a partition, in one batch, without
/// training them. The predictor is <see cref="AccuracyPredictor"/> on all labels that the run had paid for before the generation. Where the
/// request asks for it, the zero-cost scores that the candidates lack are computed first.
/// </summary>
public sealed class ZeroCostScorer(RunContexts contexts, RunHistories histories, PredictorCache predictors, ComputedScores scores)
{
    /// <summary>Scores a partition and returns its predictions; none while there are too few labels to train on.</summary>
    public async Task<IReadOnlyList<CandidatePrediction>> ScoreAsync(string runId, int partition, int generation, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, generation, cancellationToken);
        RunHistory history = await histories.ProposedAsync(context.Run, partition, generation, cancellationToken);
        RunCandidates candidates = RunCandidates.Of(history, generation);
        if (context.Request.ScoresFrom() == ProxyScoreSources.Compute)
        {
            int[] functions = [.. ComputedFunctions.Functions(context, candidates.All.Where(candidate => candidate.Partition == partition))];
            await scores.ComputeAsync(scores.SettingsOf(context.Request, context.Benchmark.Shape), functions, runId, partition, cancellationToken);
        }

        if (await predictors.GetForCandidatesAsync(context, candidates, generation, cancellationToken) is not { } predictor)
        {
            return [];
        }

        return
        [
            .. candidates.All
                .Where(candidate => candidate.Partition == partition && candidate.Row.Generation == generation && predictor.CanPredict(candidate.Row.Index))
                .Select(candidate => CandidatePrediction.Of(predictor, candidate.Row.Index)),
        ];
    }
}
