using PelNas.Shared.Runs;
using PelNas.Shared.Scoring.Accuracy;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Scoring.Labels;

/// <summary>
/// The step <c>ChooseLabels</c>: decides, over all partitions at once, which of the scored candidates are worth a label, and pays
/// for these. It stands between scoring and <c>UpdateArchive</c>, so that every partition's next generation learns from all labels.
/// </summary>
public sealed class LabelChooser(IRunStore store, RunContexts contexts, IAccuracyOracle oracle)
{
    /// <summary>Runs the step and returns the number of labels paid in this generation.</summary>
    public async Task<int> ChooseAsync(string runId, int generation, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, cancellationToken);
        RunCandidates candidates = await RunCandidates.LoadAsync(store, context.Run, generation, cancellationToken);
        SearchRequest request = context.Request;
        RunCandidate[] labelled = [.. candidates.Labelled];
        int share = LabelSchedule.Share(request.MaxLabels, labelled.Length, generation, request.Generations, context.Run.Partitions.Count);
        LabelCandidate[] pool = [.. candidates.Unlabelled.Where(candidate => candidate.Row.LatencyMs is not null).Select(candidate => ToCandidate(context, candidate))];

        // Until the predictor has enough labels, chance decides.
        IReadOnlyList<LabelCandidate> chosen = labelled.Length < PathRegression.MinLabels
            ? SeedLabels.Choose(context.Space, pool, share, SeededRandom.For(request.Seed, "seed-labels", generation))
            : ExpectedGainLabels.Choose(
                [.. labelled.Select(candidate => (candidate.Row.LatencyMs!.Value, candidate.Row.Accuracy!.Value))],
                pool,
                labelled.Select(candidate => context.Space.FunctionId(candidate.Row.Index)),
                context.LatencyRangeMs,
                share);

        foreach (var partition in chosen.GroupBy(candidate => candidate.Partition))
        {
            await PayAsync(context, candidates, generation, partition.Key, [.. partition.Select(candidate => candidate.Index)], cancellationToken);
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

    private static LabelCandidate ToCandidate(RunContext context, RunCandidate candidate)
    {
        double accuracy = candidate.Row.PredictedAccuracy ?? 0;
        return new LabelCandidate(
            candidate.Row.Index,
            candidate.Partition,
            context.Space.FunctionId(candidate.Row.Index),
            candidate.Row.LatencyMs!.Value,
            AccuracyScale.ToTarget(accuracy),
            AccuracyScale.FromPoints(accuracy, candidate.Row.PredictedDeviation ?? 0));
    }
}
