using PelNas.Shared.Runs;
using PelNas.Shared.Scoring.Accuracy;
using PelNas.Shared.Scoring.ZeroCost;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Scoring.Labels;

/// <summary>
/// The step <c>ChooseLabels</c>: decides, over all partitions at once, which of the scored candidates are worth a label, and pays
/// for these. It stands between scoring and <c>UpdateArchive</c>, so that every partition's next generation learns from all labels.
/// </summary>
public sealed class LabelChooser(IRunStore store, RunContexts contexts, PredictorCache predictors, IAccuracyOracle oracle)
{
    /// <summary>Runs the step and returns the number of labels paid in this generation.</summary>
    public async Task<int> ChooseAsync(string runId, int generation, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, cancellationToken);
        RunCandidates candidates = await RunCandidates.LoadAsync(store, context.Run, generation, cancellationToken);
        SearchRequest request = context.Request;
        RunCandidate[] labelled = [.. candidates.Labelled];
        int share = LabelSchedule.Share(request.MaxLabels, labelled.Length, generation, request.Generations, context.Run.Partitions.Count);
        Dictionary<int, int> partitionOf = candidates.Unlabelled
            // Those of later generations were not there when this step ran first, and it may run again late.
            .Where(candidate => candidate.Row.LatencyMs is not null && !(candidate.Row.Generation > generation))
            .ToDictionary(candidate => candidate.Row.Index, candidate => candidate.Partition);

        // Until the predictor has enough labels, chance decides.
        IReadOnlyList<int> chosen = await predictors.GetForCandidatesAsync(context, candidates, generation, cancellationToken) is { } predictor
            ? BatchChooser.Choose(
                predictor.Table,
                predictor.Process,
                candidates.Staircase(context, predictor.Scale),
                partitionOf.Keys,
                context.Benchmark.LatencyMs,
                share,
                SeededRandom.For(request.Seed, "posterior", generation))
            : [.. SeedLabels.Choose(
                context.Space,
                [.. partitionOf.Select(pair => new LabelCandidate(pair.Key, pair.Value, context.Space.FunctionId(pair.Key), context.Benchmark.LatencyMs[pair.Key]))],
                [.. labelled.Select(candidate => candidate.Row.Index)],
                share,
                SeededRandom.For(request.Seed, "seed-labels", generation)).Select(candidate => candidate.Index)];
        foreach (IGrouping<int, int> partition in chosen.GroupBy(index => partitionOf[index]))
        {
            await PayAsync(context, candidates, generation, partition.Key, [.. partition], cancellationToken);
        }

        return chosen.Count;
    }

    /// <summary>Pays for the labels of one partition, but for those that the step, in a run that was cut short, has paid for already.</summary>
    private async Task PayAsync(
        RunContext context, RunCandidates candidates, int generation, int partition, IReadOnlyList<int> indices, CancellationToken cancellationToken)
    {
        HashSet<int> paid = [.. candidates.All.Where(candidate => candidate.Partition == partition && candidate.Row.Accuracy is not null).Select(candidate => candidate.Row.Index)];
        int[] unpaid = [.. indices.Where(index => !paid.Contains(index))];
        if (unpaid.Length == 0)
        {
            return;
        }

        IReadOnlyList<double> accuracies = await oracle.LabelAsync(context.Benchmark, unpaid, cancellationToken);
        CandidateRow[] rows =
        [
            .. unpaid.Zip(accuracies, (index, accuracy) => new CandidateRow { Index = index, Accuracy = accuracy, LabelledGeneration = generation }),
        ];

        // The labels are paid for: they are kept even when the step has been cancelled meanwhile.
        await store.MergeCandidatesAsync(context.Run.RunId, partition, rows, CancellationToken.None);
    }
}
