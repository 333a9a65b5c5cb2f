using PelNas.Shared.Predictor;
using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>
/// Trained predictors of the generations in hand. The partitions of a run train on the same labels, so the first one to ask trains
/// for all that run in this process.
/// </summary>
public sealed class PredictorCache(ComputedScores scores)
{
    // Of some 5 MB each, at 300 labels 20 MB. With fewer than there are searches under way, every step of theirs would train anew.
    private const int Capacity = 64;

    private readonly OldestFirstCache<string, LatestPredictor> _ofRuns = new(Capacity);

    /// <summary>
    /// The predictor of a run's generation, or null while there are too few labels. It predicts the whole space, so its scores are those of
    /// the table that ships also where a search computes those of its candidates.
    /// </summary>
    public Task<AccuracyPredictor?> GetAsync(RunContext context, RunCandidates candidates, int generation)
        => _ofRuns.GetOrAdd(context.Run.RunId, () => new LatestPredictor()).GetAsync(
            generation,
            context.Functions,
            () => AccuracyPredictor.Train(
                context.Functions, context.Benchmark.Shape.Classes, context.Request.Predictor, Labels(candidates)));

    /// <summary>
    /// The predictor of the candidates that a run has so far, with all that is known of them; null while there are too few labels. Where
    /// scores are computed it is trained again for each step, since each adds functions that it predicts.
    /// </summary>
    public async Task<AccuracyPredictor?> GetForCandidatesAsync(
        RunContext context, RunCandidates candidates, int generation, CancellationToken cancellationToken)
    {
        if (!Computes(context))
        {
            return await GetAsync(context, candidates, generation);
        }

        FunctionTable table = await ComputedFunctions.CreateAsync(context, candidates, scores, cancellationToken);
        return AccuracyPredictor.Train(table, context.Benchmark.Shape.Classes, context.Request.Predictor, Labels(candidates));
    }

    private static bool Computes(RunContext context) => context.Request.ScoresFrom() == ProxyScoreSources.Compute;

    private static (int Index, double Accuracy)[] Labels(RunCandidates candidates)
        => [.. candidates.Labelled.Select(candidate => (candidate.Row.Index, candidate.Row.Accuracy!.Value))];

    /// <summary>
    /// The latest predictor of a run. Steps of one generation ask for no other, so that those before it are worth no memory.
    /// </summary>
    private sealed class LatestPredictor
    {
        private readonly Lock _lock = new();
        private (int Generation, FunctionTable Functions, Task<AccuracyPredictor?> Training)? _latest;

        // The other partitions wait without holding threads, which the one that trains needs.
        public Task<AccuracyPredictor?> GetAsync(int generation, FunctionTable functions, Func<AccuracyPredictor?> train)
        {
            lock (_lock)
            {
                Task<AccuracyPredictor?> training = _latest switch
                {
                    { Training.IsFaulted: false } latest when latest.Generation == generation
                        => latest.Functions == functions ? latest.Training : OnAsync(latest.Training, functions),
                    _ => Task.Run(train),
                };
                _latest = (generation, functions, training);
                return training;
            }
        }

        /// <summary>What the pool of an open space has come to hold since changes nothing of what was learnt.</summary>
        private static async Task<AccuracyPredictor?> OnAsync(Task<AccuracyPredictor?> training, FunctionTable functions)
            => (await training)?.On(functions);
    }
}
