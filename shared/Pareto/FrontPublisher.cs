using PelNas.Shared.Evolution;
using PelNas.Shared.Runs;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Pareto;

/// <summary>
/// The step <c>ComputeParetoFront</c>: the non-dominated union of all partitions' labelled candidates, published as the front of a
/// generation, with its hypervolume.
/// </summary>
public sealed class FrontPublisher(IRunStore store, RunContexts contexts)
{
    /// <summary>Runs the step and returns the front in numbers.</summary>
    public async Task<GenerationFront> PublishAsync(string runId, int generation, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, cancellationToken);
        RunCandidates candidates = await RunCandidates.LoadAsync(store, context.Run, generation + 1, cancellationToken);
        RunCandidate[] labelled = [.. candidates.Labelled];
        IReadOnlyList<RunCandidate> front = LabelledFront.Of(labelled);
        double hypervolume = context.Benchmark.Metrics.Evaluate(front.Select(candidate => candidate.Row.Index)).Hypervolume;
        RoundRow round = new()
        {
            Partition = RoundRow.WholeRun,
            Generation = generation,
            Labels = labelled.Count(candidate => candidate.Row.LabelledGeneration == generation),
            Accepted = candidates.Proposed.Count(candidate => candidate.Row.Generation == generation),
            Archive = front.Count,
            Hypervolume = hypervolume,
        };
        // Before the front: whoever finds a front finds the labels that it cost.
        await store.PutRoundAsync(runId, round, cancellationToken);
        await store.PublishFrontAsync(runId, new Front(generation, [.. front.Select(point => ToPoint(context, point))]), cancellationToken);
        int unlabelled = candidates.Unlabelled.Count(candidate => context.Space.IsConnected(candidate.Row.Index));
        return new GenerationFront(generation, labelled.Length, front.Count, hypervolume, unlabelled);
    }

    private static FrontPoint ToPoint(RunContext context, RunCandidate candidate)
    {
        CandidateRow row = candidate.Row;
        return new FrontPoint
        {
            Index = row.Index,
            Architecture = context.Space.Format(row.Index),
            Accuracy = row.Accuracy!.Value,
            PredictedAccuracy = row.PredictedAccuracy,
            LatencyMs = row.LatencyMs!.Value,
            ParamsM = Math.Round(context.ParamsM(row.Index), 6),
            FlopsM = Math.Round(context.FlopsM(row.Index), 6),
            Partition = candidate.Partition,
            Generation = row.Generation ?? 0,
        };
    }
}
