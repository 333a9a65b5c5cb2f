using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PelNas.Shared.Predictor;
using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>
/// The step <c>ComputeParetoFront</c>: the non-dominated union of all partitions' labelled candidates, published as the front of a
/// generation, with its hypervolume and with what predicted accuracies in it.
/// </summary>
public sealed partial class FrontPublisher(
    RunContexts contexts, RunHistories histories, PredictorCache predictors, ILogger<FrontPublisher>? logger = null)
{
    private readonly ILogger _logger = logger ?? NullLogger<FrontPublisher>.Instance;

    /// <summary>Runs the step and returns the front in numbers.</summary>
    public async Task<GenerationFront> PublishAsync(string runId, int generation, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, generation + 1, cancellationToken);
        RunHistory history = await histories.LabelledAsync(context.Run, generation, cancellationToken);
        RunCandidates candidates = RunCandidates.Of(history, generation + 1);
        RunCandidate[] labelled = [.. candidates.Labelled];
        IReadOnlyList<RunCandidate> front = LabelledFront.Of(labelled);
        double hypervolume = context.Benchmark.HasAccuracies
            ? context.Benchmark.Metrics.Evaluate(front.Select(candidate => candidate.Row.Index), context.Request.LabelsFrom).Hypervolume
            : ReferenceHypervolume.Of(
                context, front.Select(candidate => (candidate.Row.LatencyMs!.Value, candidate.Row.Accuracy!.Value))).Hypervolume;
        // The predictor that this generation's candidates were scored by, which knew only the labels from before it.
        AccuracyPredictor? predictor = await predictors.GetAsync(context, candidates.Before(generation), generation);
        CrossValidation? validation = predictor?.CrossValidation;
        Log(runId, generation, validation);
        AnswerTally answers = history.Rounds
            .Where(round => round.Generation == generation && round.Partition != RoundRow.WholeRun)
            .Aggregate(generation == 0 ? context.PriorAnswers : AnswerTally.None, (sum, round) => sum + round.Answers);
        RunAnswers before = history.Front?.Round.RunAnswers ?? RunAnswers.None;
        if (answers.IsAlarming())
        {
            LogUnusable(runId, generation, answers.Describe());
        }

        RoundRow round = new()
        {
            Partition = RoundRow.WholeRun,
            Generation = generation,
            Labels = candidates.Paid.Count(candidate => candidate.Row.LabelledGeneration == generation),
            Accepted = candidates.Proposed.Count(candidate => candidate.Row.Generation == generation),
            Archive = front.Count,
            Hypervolume = hypervolume,
            ExpectedGain = predictor is null || context.Benchmark.HasAccuracies
                ? null
                : ExpectedGain.Of(context, predictor, candidates, generation, hypervolume),
            Predictor = validation is null ? AccuracyPredictor.None : AccuracyPredictor.ShortName,
            CrossValidation = validation,
            Answers = answers,
            RunAnswers = before.With(generation, answers),
        };
        FrontRow row = new(
            round,
            new Front(generation, [.. front.Select(context.Point)]),
            candidates.Paid.Count(),
            candidates.Unlabelled.Count(candidate => context.Space.IsConnected(candidate.Row.Index)),
            [.. context.Run.Partitions.Select(partition => ArchiveOf(partition.Id, generation, labelled))]);
        return (await histories.AddAsync(context.Run, row, cancellationToken)).ToNumbers();
    }

    private static PartitionArchive ArchiveOf(int partition, int generation, RunCandidate[] labelled)
    {
        RunCandidate[] own = [.. labelled.Where(candidate => candidate.Partition == partition)];
        return new PartitionArchive(
            partition, own.Count(candidate => candidate.Row.LabelledGeneration == generation), LabelledFront.Of(own).Count);
    }

    private void Log(string runId, int generation, CrossValidation? validation)
    {
        if (validation is not null)
        {
            LogPredictor(runId, generation, validation.Labels, validation.Spearman ?? 0, validation.Rmse);
        }
        else if (generation > 0)
        {
            // The seed population never has one.
            LogNone(runId, generation, AccuracyPredictor.MinLabels);
        }
    }

    [LoggerMessage(
        LogLevel.Information,
        "{RunId}, generation {Generation}: predictor trained on {Labels} labels, leave-one-out Spearman {Spearman:0.000}, RMSE "
            + "{Rmse:0.00} points.")]
    private partial void LogPredictor(string runId, int generation, int labels, double spearman, double rmse);

    [LoggerMessage(
        LogLevel.Warning,
        "{RunId}, generation {Generation}: no predictor, since fewer than {MinLabels} labels of cells with a live path were paid before. "
            + "Chance chooses what to label.")]
    private partial void LogNone(string runId, int generation, int minLabels);

    [LoggerMessage(LogLevel.Warning, "{RunId}, generation {Generation}: {Answers}")]
    private partial void LogUnusable(string runId, int generation, string answers);
}
