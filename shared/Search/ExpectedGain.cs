using PelNas.Shared.Predictor;
using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>
/// What the predictor expects to be left where no exact front is known: the hypervolume that the front would gain if everything that the
/// search looks at were labelled, the mean over joint posterior samples of the most promising.
/// </summary>
internal static class ExpectedGain
{
    private const int Promising = 300;
    private const int Samples = 64;

    /// <summary>The expected gain, by the axes of <see cref="ReferenceHypervolume"/>.</summary>
    /// <param name="predictor">Trained before the generation.</param>
    /// <param name="candidates">The candidates with the labels of the generation.</param>
    /// <param name="hypervolume">What there is.</param>
    public static double Of(RunContext context, AccuracyPredictor predictor, RunCandidates candidates, int generation, double hypervolume)
    {
        RunCandidate[] labelled = [.. candidates.Labelled];
        (int, double)[] late =
        [
            .. labelled.Where(candidate => candidate.Row.LabelledGeneration == generation && Row(candidate.Row.Index) >= 0)
                .Select(candidate => (Row(candidate.Row.Index), candidate.Row.Accuracy!.Value)),
        ];
        FunctionProcess process = late.Length > 0 ? predictor.Process.With(late) : predictor.Process;
        LabelledStaircase found = candidates.Staircase(context, process.Scale);
        HashSet<int> paid = [.. candidates.Paid.Select(candidate => candidate.Row.Index)];
        int[] left =
        [
            .. Enumerable.Range(0, context.Space.Size)
                .Where(index => !paid.Contains(index) && predictor.CanPredict(index) && Row(index) >= 0
                    && context.IsAllowed(context.Map.PartitionOf(index), index))
                .OrderByDescending(index =>
                    found.Promise(context.Benchmark.LatencyMs[index], process.Means[Row(index)], process.Deviations[Row(index)]))
                .ThenBy(index => index)
                .Take(Promising),
        ];
        if (left.Length == 0)
        {
            return 0;
        }

        (double, double)[] known =
            [.. labelled.Select(candidate => (context.Benchmark.LatencyMs[candidate.Row.Index], candidate.Row.Accuracy!.Value))];
        int[] functions = [.. left.Select(Row).Distinct()];
        Dictionary<int, int> columns = functions.Index().ToDictionary(function => function.Item, function => function.Index);
        return process.Sample(functions, Samples, SeededRandom.For(context.Request.Seed, "expected-gain", generation))
            .Average(sample => ReferenceHypervolume.Of(context, [.. known, .. left.Select(index => Point(index, sample))]).Hypervolume)
            - hypervolume;

        int Row(int index) => predictor.Table.FunctionOf[index];

        (double, double) Point(int index, double[] sample)
            => (context.Benchmark.LatencyMs[index], process.Scale.ToAccuracy(sample[columns[Row(index)]]));
    }
}
