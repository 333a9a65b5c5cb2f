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

        IReadOnlyList<double> accuracies = await oracle.LabelAsync(context.Benchmark, [.. chosen.Select(candidate => candidate.Index)], cancellationToken);
        foreach (var partition in chosen.Zip(accuracies).GroupBy(pair => pair.First.Partition))
        {
            CandidateRow[] rows =
            [
                .. partition.Select(pair => new CandidateRow { Index = pair.First.Index, Accuracy = pair.Second, LabelledGeneration = generation }),
            ];
            await store.MergeCandidatesAsync(runId, partition.Key, rows, cancellationToken);
        }

        return chosen.Count;
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
