using System.Collections.Concurrent;
using PelNas.Shared.Runs;
using PelNas.Shared.Scoring.Accuracy;

namespace PelNas.Shared.Scoring.ZeroCost;

/// <summary>
/// Trained predictors of the generations in hand. The partitions of a run train on the same labels, so the first one to ask trains
/// for all that run in this process.
/// </summary>
public sealed class PredictorCache
{
    private const int Capacity = 16;

    private readonly ConcurrentDictionary<(string RunId, int Generation), Lazy<AccuracyPredictor?>> _trained = new();

    /// <summary>The predictor of a run's generation, or null while there are too few labels.</summary>
    public AccuracyPredictor? Get(RunContext context, RunCandidates candidates, int generation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(candidates);
        if (_trained.Count >= Capacity)
        {
            _trained.Clear();
        }

        return _trained.GetOrAdd((context.Run.RunId, generation), _ => new Lazy<AccuracyPredictor?>(() => AccuracyPredictor.Train(
            context.Functions,
            context.Request.Dataset,
            context.Request.Predictor,
            [.. candidates.Labelled.Select(candidate => (candidate.Row.Index, candidate.Row.Accuracy!.Value))]))).Value;
    }
}
