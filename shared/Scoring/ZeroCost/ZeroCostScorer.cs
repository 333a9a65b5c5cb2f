using PelNas.Shared.Runs;
using PelNas.Shared.Scoring.Accuracy;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Scoring.ZeroCost;

/// <summary>
/// The step <c>ScoreZeroCost</c>: predicts the accuracy of every candidate of a partition that has no label, in one batch, without
/// training it. The predictor is <see cref="PathRegression"/> on all labels that the run had paid for before the generation, from what
/// the request names: features of the paths, zero-cost proxies, or both.
/// </summary>
public sealed class ZeroCostScorer(IRunStore store, RunContexts contexts, PredictorCache predictors, ProxyScores proxies)
{
    /// <summary>Scores a partition and returns how many predictions it wrote; 0 while there are too few labels to train on.</summary>
    /// <param name="runId">Run.</param>
    /// <param name="partition">Partition.</param>
    /// <param name="generation">Generation.</param>
    /// <param name="progress">Told of the proxies that have to be computed; null for nobody.</param>
    /// <param name="cancellationToken">Cancels, also between two proxies' architectures.</param>
    public async Task<int> ScoreAsync(
        string runId, int partition, int generation, IProgress<(int Done, int Of)>? progress, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, cancellationToken);
        RunCandidates candidates = await RunCandidates.LoadAsync(store, context.Run, generation, cancellationToken);
        int[] unlabelled = [.. candidates.Unlabelled.Where(candidate => candidate.Partition == partition).Select(candidate => candidate.Row.Index)];
        PathRegression? predictor = context.Request.Predictor == Predictors.Paths
            ? predictors.Get(context, candidates, generation)
            : await TrainOnProxiesAsync(context, candidates, unlabelled, progress, cancellationToken);
        if (predictor is null)
        {
            return 0;
        }

        CandidateRow[] predictions = [.. unlabelled.Select(index => Predict(predictor, index))];
        await store.MergeCandidatesAsync(runId, partition, predictions, cancellationToken);
        return predictions.Length;
    }

    private static CandidateRow Predict(PathRegression predictor, int index)
    {
        (double mean, double deviation) = predictor.Predict(index);
        return new CandidateRow
        {
            Index = index,
            PredictedAccuracy = AccuracyScale.ToAccuracy(mean),
            PredictedDeviation = AccuracyScale.ToPoints(mean, deviation),
        };
    }

    private async Task<PathRegression?> TrainOnProxiesAsync(
        RunContext context, RunCandidates candidates, int[] unlabelled, IProgress<(int Done, int Of)>? progress, CancellationToken cancellationToken)
    {
        (int Index, double Accuracy)[] labels = [.. candidates.Labelled.Select(candidate => (candidate.Row.Index, candidate.Row.Accuracy!.Value))];
        if (labels.Length < PathRegression.MinLabels)
        {
            return null;
        }

        int[] labelled = [.. labels.Select(label => label.Index)];
        ProxyFeatures features = new(
            await proxies.GetAsync(context.Request.Dataset, [.. labelled, .. unlabelled], progress, cancellationToken), labelled);
        return PathRegression.Train(context.Request.Predictor == Predictors.Both ? new JoinedFeatures(context.Features, features) : features, labels);
    }
}
