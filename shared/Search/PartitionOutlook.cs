using PelNas.Shared.Predictor;
using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>
/// What is left to find in a partition before a generation: the functions with a live path that no candidate computes and whose fastest
/// cell within the user's limits is in the partition. Latencies are free, so the whole partition can be looked through.
/// </summary>
/// <param name="Untried">These cells, the most promising first; in an order of chance while nothing can be predicted.</param>
/// <param name="IsWorthACall">
/// Whether asking the proposer can matter. It cannot where nothing is left, nor where the predictor is nearly sure that no cell that is
/// left is as accurate as what is labelled within its latency.
/// </param>
internal sealed record PartitionOutlook(IReadOnlyList<int> Untried, bool IsWorthACall)
{
    // In standard deviations: one chance in forty.
    private const double LeastPromise = -2;

    /// <summary>Takes stock of a partition.</summary>
    /// <param name="candidates">The run's candidates, of all partitions, before the generation.</param>
    /// <param name="predictor">Predicts the whole space from all labels before the generation; null while there are too few.</param>
    public static PartitionOutlook Of(RunContext context, int partition, RunCandidates candidates, AccuracyPredictor? predictor)
    {
        HashSet<int> tried = [.. candidates.Proposed.Select(candidate => candidate.Row.Index)];
        int[] untried = [.. context.FastestCells(partition).Where(index => !tried.Contains(index) && context.Space.IsConnected(index))];
        if (predictor is null || untried.Length == 0)
        {
            SeededRandom.For(context.Request.Seed, "untried", partition, tried.Count).Shuffle(untried);
            return new PartitionOutlook(untried, untried.Length > 0);
        }

        LabelledStaircase found = candidates.Staircase(context, predictor.Scale);
        double[] promise = Array.ConvertAll(untried, index =>
        {
            (double mean, double deviation) = predictor.Predict(index);
            return -found.Promise(context.Benchmark.LatencyMs[index], mean, deviation);
        });
        Array.Sort(promise, untried);
        return new PartitionOutlook(untried, -promise[0] >= LeastPromise);
    }
}
