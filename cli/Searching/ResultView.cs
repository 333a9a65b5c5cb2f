using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Predictor;
using PelNas.Shared.Reports;
using Spectre.Console;

namespace PelNas.Cli.Searching;

/// <summary>Shows a result: the front as a table, then metrics, costs and where the files are.</summary>
internal static class ResultView
{
    public static void Write(IAnsiConsole console, SearchResult result, RunContent content, string output)
    {
        bool offline = result.Proposer == ChatProviders.Offline;
        console.WriteLine();
        if (result.ProposerWarning is { } warning)
        {
            console.WriteLine($"warning: {warning}");
        }

        if (result.LatencyWarning is { } outside)
        {
            console.WriteLine($"warning: {outside}");
        }

        FrontTable.Write(console, result.Front, result.Device, Terminal.Columns());
        if (result.Front.Any(point => point.LatencyFrom is not null))
        {
            int measured = result.Front.Count(point => point.LatencyFrom == FrontPoint.Measured);
            string all = measured == result.Front.Count
                ? "all measured"
                : $"{measured} of {result.Front.Count} points measured, the others predicted";
            bool hasIntervals = result.Front.Any(point => point.LatencyHighMs > point.LatencyLowMs);
            console.WriteLine($"latencies: {all}{(hasIntervals ? " (in brackets what nine of ten lie in)" : "")}");
            if (measured < result.Front.Count)
            {
                console.WriteLine("metrics are by these latencies; --verify-front measures those of the front");
            }
        }

        if (FrontKnee.Of(result.Front) is not null)
        {
            console.WriteLine("*: the knee of the front, the compromise to look at first");
        }

        console.WriteLine(result.LabelsBy != LabelProviders.Table
            ? $"chosen by the accuracies that {(result.LabelsBy == LabelProviders.Training ? "training here" : "you")} came to"
            : result.SawTestAccuracy
            ? "chosen by test accuracy, which the labels are"
            : "chosen by validation accuracy, which the labels are; test accuracy was never seen by the search and judges it");
        if (result.Metrics is { } metrics)
        {
            console.WriteLine(
                $"on test accuracy: hypervolume {metrics.Hypervolume:0.0000} ({metrics.HypervolumeRatio:P2} of the exact front's), "
                    + $"IGD {metrics.Igd:0.0000}");
            if (result.HypervolumeNote is { } why)
            {
                console.WriteLine($"hypervolume 0: {why}");
            }

            console.WriteLine($"exact front points found {metrics.FrontHitRate:P0} of {metrics.TrueFrontSize}");
            if (result.Ceiling is { } ceiling)
            {
                console.WriteLine(
                    $"ceiling, all validation accuracies known: {ceiling.HypervolumeRatio:P2}, IGD {ceiling.Igd:0.0000}, "
                        + $"{ceiling.FrontHitRate:P0} of the points");
            }

            if (result.Counterfactual is { } without)
            {
                console.WriteLine(
                    $"without its proposer: {without.Metrics.HypervolumeRatio:P2}, IGD {without.Metrics.Igd:0.0000}, "
                        + $"{without.Metrics.FrontHitRate:P0} of the points, with {without.Labels} labels from the table, "
                        + $"{without.PaidAlready} of them paid already");
            }

            if (result.Limits is { } limits)
            {
                console.WriteLine($"the exact front is that of the architectures within the limits: {limits.Describe()}");
            }
        }

        if (result.ReferenceHypervolume is { } reference)
        {
            console.WriteLine(
                $"the exact front is not known; hypervolume {reference.Hypervolume:0.0000} against {reference.LatencyMs:0.###} ms "
                    + $"and {reference.Accuracy:0.##} %, the slowest architecture and chance");
            Remainder(result, console);
        }

        console.WriteLine(
            $"labels {result.Counts.Labels} of {content.Run.Request.MaxLabels}"
                + (result.Counts.FailedLabels > 0 ? $", {result.Counts.FailedLabels} more failed" : "")
                + $", {(offline ? "proposer" : "LLM")} calls {result.Counts.LlmCalls}, "
                + $"tokens {result.Counts.InputTokens}+{result.Counts.OutputTokens}, {Cost(result.Counts)}");
        console.WriteLine(
            $"candidates {OriginCounts.OfCandidates(content).Describe()}; proposals refused: {result.Counts.Duplicates} known, "
                + $"{result.Counts.Invalid} invalid");
        console.WriteLine($"stopped by {StopSentence.Of(content.Run, result.Counts.Labels)}");
        console.WriteLine(offline
            ? "proposer offline: a rule-based stand-in, no LLM was asked"
            : $"proposer {result.Proposer}{Unusable(result)}");
        console.WriteLine(Predictor(result));
        console.WriteLine($"report {Path.Combine(output, ResultFiles.ReportName)}");
    }

    private static string Predictor(SearchResult result)
    {
        if (result.Predictor == AccuracyPredictor.None)
        {
            return $"predictor none: too few labels to train one (it takes {AccuracyPredictor.MinLabels} of cells with a live path), "
                + "chance chose what to label";
        }

        return result.LastValidated() is { CrossValidation: { } validation } last
            ? $"predictor {AccuracyPredictor.ShortName}, last trained before the labels of generation {last.Generation}, "
                + $"{validation.Describe()}"
            : $"predictor {result.Predictor}";
    }

    private static string Unusable(SearchResult result) => result.ProposerAnswers.CountUnusable() is > 0 and var unusable
        ? $", {unusable} of {result.ProposerAnswers.Answers} answers not usable"
        : "";

    /// <summary>The cost, and what of it was charged at its most, since the provider alone knows it.</summary>
    private static string Cost(SearchCounts counts)
        => CostText.Unconfirmed(counts.UnconfirmedCalls, counts.UnconfirmedUsd) is { } unconfirmed
            ? $"{CostText.Of(counts.Usd)} ({unconfirmed})"
            : CostText.Of(counts.Usd);

    /// <summary>How far the front may be from the best, where nobody knows it.</summary>
    private static void Remainder(SearchResult result, IAnsiConsole console)
    {
        if (result.Generations is [.., { Hypervolume: { } before }, { Hypervolume: { } last, ExpectedGain: { } expected }])
        {
            console.WriteLine(
                $"the last generation gained {last - before:0.0000}; of all else that was looked at the predictor expects "
                    + $"{expected:0.0000} more");
        }

        OriginCounts labels = result.LabelsByOrigin;
        OriginCounts front = result.FrontByOrigin;
        console.WriteLine(
            $"of the labels and the front: seeds {labels.Seed}, {front.Seed}; proposer {labels.Proposal}, {front.Proposal}; operators "
                + $"{labels.Operator}, {front.Operator}; predictor {labels.Predictor}, {front.Predictor}");
    }
}
