using PelNas.Shared.Predictor;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;


namespace PelNas.Shared.Search;

/// <summary>
/// The step <c>ScoreZeroCost</c>: predicts the accuracy of every candidate of a partition that has no label, in one batch, without
/// training it. The predictor is <see cref="AccuracyPredictor"/> on all labels that the run had paid for before the generation. Where the
/// request asks for it, the zero-cost scores that the candidates lack are computed first.
/// </summary>
public sealed class ZeroCostScorer(IRunStore store, RunContexts contexts, PredictorCache predictors, ComputedScores scores)
{
    /// <summary>Scores a partition and returns how many predictions it wrote; 0 while there are too few labels to train on.</summary>
    public async Task<int> ScoreAsync(string runId, int partition, int generation, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, cancellationToken);
        RunCandidates candidates = await RunCandidates.LoadAsync(store, context.Run, generation, cancellationToken);
        if (context.Request.ProxyScores == ProxyScoreSources.Compute)
        {
            int[] functions = [.. ComputedFunctions.Functions(context, candidates.All.Where(candidate => candidate.Partition == partition))];
            await scores.ComputeAsync(context.Request.Dataset, functions, runId, partition, cancellationToken);
        }

        if (await predictors.GetForCandidatesAsync(context, candidates, generation, cancellationToken) is not { } predictor)
        {
            return 0;
        }

        List<CandidateRow> predictions = [];
        // One that a later generation has predicted since is left: this step runs again, late.
        IEnumerable<RunCandidate> mine = candidates.Unlabelled
            .Where(candidate => candidate.Partition == partition && !(candidate.Row.PredictedGeneration > generation));
        foreach (RunCandidate candidate in mine.Where(candidate => predictor.CanPredict(candidate.Row.Index)))
        {
            (double mean, double deviation) = predictor.Predict(candidate.Row.Index);
            predictions.Add(new CandidateRow
            {
                Index = candidate.Row.Index,
                PredictedAccuracy = predictor.Scale.ToAccuracy(mean),
                PredictedDeviation = AccuracyScale.ToPoints(mean, deviation),
                PredictedGeneration = generation,
            });
        }

        await store.MergeCandidatesAsync(runId, partition, predictions, cancellationToken);
        return predictions.Count;
    }
}
