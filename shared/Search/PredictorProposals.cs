using PelNas.Shared.Common;
using PelNas.Shared.Predictor;
using PelNas.Shared.Records;


namespace PelNas.Shared.Search;

/// <summary>
/// Adds to what was proposed the cells of a partition that the predictor finds most promising: latencies are free, so the whole
/// partition can be looked through. While there are too few labels for a predictor, chance decides, and only what the proposer fell short of
/// is made up for: under tight limits there may be fewer functions than labels it takes.
/// </summary>
public static class PredictorProposals
{
    /// <summary>The most promising cells of a partition that are no candidates yet, as many as the proposer is asked for.</summary>
    /// <param name="context">The run.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="predictor">The predictor, trained on all labels before the generation; null while there are too few.</param>
    /// <param name="candidates">The run's candidates before the generation.</param>
    /// <param name="proposed">What the generation has proposed so far.</param>
    public static IReadOnlyList<int> Choose(
        RunContext context, int partition, AccuracyPredictor? predictor, RunCandidates candidates, IReadOnlyList<int> proposed)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(proposed);
        int count = context.Request.ProposalsPerPartition;
        HashSet<int> tried = [.. candidates.Proposed.Select(candidate => candidate.Row.Index), .. proposed];
        int[] untried = [.. context.FastestCells(partition).Where(index => !tried.Contains(index) && context.Space.IsConnected(index))];
        if (predictor is null)
        {
            SeededRandom.For(context.Request.Seed, "untried", partition, tried.Count).Shuffle(untried);
            return [.. untried.Take(count - proposed.Count)];
        }

        LabelledStaircase found = candidates.Staircase(context, predictor.Scale);
        return [.. untried.OrderByDescending(Promise).ThenBy(index => index).Take(count)];

        double Promise(int index)
        {
            (double mean, double deviation) = predictor.Predict(index);
            return found.Promise(context.Benchmark.LatencyMs[index], mean, deviation);
        }
    }
}
