using PelNas.Shared.Predictor;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Search;

/// <summary>
/// The step <c>ScoreZeroCost</c>: predicts the accuracy of the candidates that a generation added to a partition, in one batch, without
/// training them. The predictor is <see cref="AccuracyPredictor"/> on all labels that the run had paid for before the generation. Where the
/// request asks for it, the zero-cost scores that the candidates lack are computed first.
/// </summary>
public sealed class ZeroCostScorer(RunContexts contexts, RunHistories histories, PredictorCache predictors, ComputedScores scores)
{
    /// <summary>Scores a partition and returns its predictions; none while there are too few labels to train on.</summary>
    public async Task<IReadOnlyList<CandidatePrediction>> ScoreAsync(
        string runId, int partition, int generation, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.ProposedAsync(runId, generation, partition, cancellationToken);
        RunHistory history = await histories.ProposedAsync(context.Run, partition, generation, cancellationToken);
        RunCandidates candidates = RunCandidates.Of(history, generation);
        if (context.Request.ScoresFrom() == ProxyScoreSources.Compute)
        {
            int[] functions =
                [.. ComputedFunctions.Functions(context, candidates.All.Where(candidate => candidate.Partition == partition))];
            await scores.ComputeAsync(
                scores.SettingsOf(context.Request, context.Benchmark.Shape), functions, runId, partition, cancellationToken);
        }

        if (await predictors.GetForCandidatesAsync(context, candidates, generation, cancellationToken) is not { } predictor)
        {
            return [];
        }

        int[] own = [.. candidates.All.Where(candidate => candidate.Partition == partition && candidate.Row.Generation == generation)
            .Select(candidate => candidate.Row.Index)];
        return
        [
            .. own.Where(predictor.CanPredict).Select(index => CandidatePrediction.Of(predictor, index)),
            .. Proposed(context, predictor, [.. own.Where(index => !predictor.CanPredict(index))]),
        ];
    }

    /// <summary>Those that an open space's pool had not before this generation proposed them.</summary>
    private static IEnumerable<CandidatePrediction> Proposed(RunContext context, AccuracyPredictor predictor, int[] indices)
    {
        if (context.Benchmark.Open is not { } open || indices.Length == 0)
        {
            return [];
        }

        ISearchSpace space = open.SpaceOf([.. indices.Select(index => context.Space.Genotype(index).ToArray())], indices.Length);
        return indices.Zip(predictor.Predict(space, OpenContexts.Scores(context.Request, space)),
            (index, prediction) => CandidatePrediction.Of(predictor.Scale, index, prediction));
    }
}
