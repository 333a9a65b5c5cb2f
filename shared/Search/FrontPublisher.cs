using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Search;

/// <summary>
/// The step <c>ComputeParetoFront</c>: the non-dominated union of all partitions' labelled candidates, published as the front of a
/// generation, with its hypervolume and with what predicted accuracies in it.
/// </summary>
public sealed partial class FrontPublisher(
    IRunStore store, RunContexts contexts, PredictorCache predictors, ILogger<FrontPublisher>? logger = null)
{
    private readonly ILogger _logger = logger ?? NullLogger<FrontPublisher>.Instance;

    /// <summary>Runs the step and returns the front in numbers.</summary>
    public async Task<GenerationFront> PublishAsync(string runId, int generation, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, cancellationToken);
        RunCandidates candidates = await RunCandidates.LoadAsync(store, context.Run, generation + 1, cancellationToken);
        RunCandidate[] labelled = [.. candidates.Labelled];
        IReadOnlyList<RunCandidate> front = LabelledFront.Of(labelled);
        double hypervolume = context.Benchmark.Metrics
            .Evaluate(front.Select(candidate => candidate.Row.Index), context.Request.LabelsFrom).Hypervolume;
        // The predictor that this generation's candidates were scored by, which knew only the labels from before it.
        CrossValidation? validation = predictors.Get(context, candidates.Before(generation), generation)?.CrossValidation;
        Log(runId, generation, validation);
        AnswerTally answers = await AnswersAsync(context.Run, generation, cancellationToken);
        RunAnswers before = generation == 0
            ? RunAnswers.None
            : (await store.GetRoundAsync(runId, RoundRow.WholeRun, generation - 1, cancellationToken))?.RunAnswers ?? RunAnswers.None;
        if (answers.IsAlarming())
        {
            LogUnusable(runId, generation, answers.Describe());
        }

        RoundRow round = new()
        {
            Partition = RoundRow.WholeRun,
            Generation = generation,
            Labels = labelled.Count(candidate => candidate.Row.LabelledGeneration == generation),
            Accepted = candidates.Proposed.Count(candidate => candidate.Row.Generation == generation),
            Archive = front.Count,
            Hypervolume = hypervolume,
            Predictor = validation is null ? AccuracyPredictor.None : AccuracyPredictor.ShortName,
            CrossValidation = validation,
            Answers = answers,
            RunAnswers = before.With(generation, answers),
        };
        // Before the front: whoever finds a front finds the labels that it cost.
        await store.PutRoundAsync(runId, round, cancellationToken);
        await store.PublishFrontAsync(runId, new Front(generation, [.. front.Select(point => ToPoint(context, point))]), cancellationToken);
        int unlabelled = candidates.Unlabelled.Count(candidate => context.Space.IsConnected(candidate.Row.Index));
        return new GenerationFront(generation, labelled.Length, front.Count, hypervolume, unlabelled);
    }

    /// <summary>What came of the generation's calls to the proposer in all partitions.</summary>
    private async Task<AnswerTally> AnswersAsync(RunRow run, int generation, CancellationToken cancellationToken)
    {
        AnswerTally answers = AnswerTally.None;
        foreach (PartitionPlan partition in run.Partitions)
        {
            RoundRow? round = await store.GetRoundAsync(run.RunId, partition.Id, generation, cancellationToken);
            answers += round?.Answers ?? AnswerTally.None;
        }

        return answers;
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

    private static FrontPoint ToPoint(RunContext context, RunCandidate candidate)
    {
        CandidateRow row = candidate.Row;
        return new FrontPoint
        {
            Index = row.Index,
            Architecture = context.Space.Format(row.Index),
            Accuracy = row.Accuracy!.Value,
            ValidationAccuracy = context.Benchmark.ValidationAccuracy[row.Index],
            TestAccuracy = context.Benchmark.TestAccuracy[row.Index],
            PredictedAccuracy = row.PredictedAccuracy,
            LatencyMs = row.LatencyMs!.Value,
            ParamsM = Math.Round(context.ParamsM(row.Index), 6),
            FlopsM = Math.Round(context.FlopsM(row.Index), 6),
            Partition = candidate.Partition,
            Generation = row.Generation ?? 0,
        };
    }

    [LoggerMessage(LogLevel.Information, "{RunId}, generation {Generation}: predictor trained on {Labels} labels, leave-one-out Spearman {Spearman:0.000}, RMSE {Rmse:0.00} points.")]
    private partial void LogPredictor(string runId, int generation, int labels, double spearman, double rmse);

    [LoggerMessage(LogLevel.Warning, "{RunId}, generation {Generation}: no predictor, since fewer than {MinLabels} labels of cells with a live path were paid before. Chance chooses what to label.")]
    private partial void LogNone(string runId, int generation, int minLabels);

    [LoggerMessage(LogLevel.Warning, "{RunId}, generation {Generation}: {Answers}")]
    private partial void LogUnusable(string runId, int generation, string answers);
}
