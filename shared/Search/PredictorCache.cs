using PelNas.Shared.Common;
using PelNas.Shared.Predictor;
using PelNas.Shared.Records;


namespace PelNas.Shared.Search;

/// <summary>
/// Trained predictors of the generations in hand. The partitions of a run train on the same labels, so the first one to ask trains
/// for all that run in this process.
/// </summary>
public sealed class PredictorCache(ComputedScores scores)
{
    // Of some 5 MB each. With fewer than there are searches under way, every step of theirs would train anew.
    private const int Capacity = 64;

    // Of a pool of some thousand architectures with 300 labels each is 15 MB; a generation needs two.
    private const int OpenCapacity = 2;

    private readonly OldestFirstCache<(string RunId, int Generation), AccuracyPredictor?> _trained = new(Capacity);
    private readonly OldestFirstCache<(string RunId, int Generation, FunctionTable Functions), AccuracyPredictor> _grown = new(OpenCapacity);
    private readonly OldestFirstCache<(string RunId, int Generation), AccuracyPredictor?> _ofOpen = new(OpenCapacity);

    /// <summary>
    /// The predictor of a run's generation, or null while there are too few labels. It predicts the whole space, so its scores are those of the table
    /// that ships also where a search computes those of its candidates.
    /// </summary>
    public AccuracyPredictor? Get(RunContext context, RunCandidates candidates, int generation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(candidates);
        AccuracyPredictor? trained = (context.Benchmark.Open is null ? _trained : _ofOpen).GetOrAdd(
            (context.Run.RunId, generation),
            () => AccuracyPredictor.Train(context.Functions, context.Benchmark.Shape.Classes, context.Request.Predictor, Labels(candidates)));

        // What an open space's pool has come to hold since changes nothing of what was learnt.
        return trained is null || trained.Table == context.Functions || context.Benchmark.Open is null
            ? trained
            : _grown.GetOrAdd((context.Run.RunId, generation, context.Functions), () => trained.On(context.Functions));
    }

    /// <summary>
    /// The predictor of the candidates that a run has so far, with all that is known of them; null while there are too few labels. Where scores
    /// are computed it is trained anew for each step, since each adds functions that it predicts.
    /// </summary>
    public async Task<AccuracyPredictor?> GetForCandidatesAsync(
        RunContext context, RunCandidates candidates, int generation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(candidates);
        if (!Computes(context))
        {
            return Get(context, candidates, generation);
        }

        FunctionTable table = await ComputedFunctions.CreateAsync(context, candidates, scores, cancellationToken);
        return AccuracyPredictor.Train(table, context.Benchmark.Shape.Classes, context.Request.Predictor, Labels(candidates));
    }

    private static bool Computes(RunContext context) => context.Request.ScoresFrom() == ProxyScoreSources.Compute;

    private static (int Index, double Accuracy)[] Labels(RunCandidates candidates)
        => [.. candidates.Labelled.Select(candidate => (candidate.Row.Index, candidate.Row.Accuracy!.Value))];
}
