using System.Text;
using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.Llm.Providers;

namespace PelNas.Shared.Comparison;

/// <summary>The summary as Markdown, for people.</summary>
public static class SummaryMarkdown
{
    /// <summary>Holm-corrected p-value from which on a difference is marked.</summary>
    internal const double Level = 0.05;

    /// <summary>The whole file.</summary>
    public static string Format(BenchmarkSummary summary)
    {
        StringBuilder text = new("# Benchmark\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"{summary.Contexts.Count} contexts ({string.Join(", ", summary.Contexts)}), {Seeds(summary.Seeds)}, pelnas "
                + $"{summary.Version}.\n");
        text.Append(CultureInfo.InvariantCulture, $"Labels are {summary.LabelsFrom} accuracies; fronts are judged on test accuracy.\n");
        Occasion(text, summary);
        if (summary.Budgets.SelectMany(budget => budget.Strategies).Any(strategy => strategy.Proposer == ChatProviders.Offline))
        {
            text.Append("The proposer is `offline`: a rule-based stand-in, no LLM was asked.\n");
        }

        foreach (BudgetSummary budget in summary.Budgets)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {budget.Budget} labels\n\n");
            Strategies(text, budget, summary.Ceiling);
            Origins(text, budget);
            Contexts(text, budget, summary.Reference);
        }

        Ceiling(text, summary.Ceiling);

        text.Append('\n').Append(BenchmarkNotes.Definitions(summary.Reference)).Append('\n');
        return text.ToString();
    }

    private static void Occasion(StringBuilder text, BenchmarkSummary summary)
    {
        text.Append(
            CultureInfo.InvariantCulture, $"Made {summary.MadeAt:yyyy-MM-dd}{(summary.Machine is { } machine ? $" on {machine}" : "")}");
        text.Append(summary.Command is { } command ? $" by\n\n    {command}\n\n" : ".\n");
    }

    private static void Origins(StringBuilder text, BudgetSummary budget)
    {
        StrategySummary[] known = [.. budget.Strategies.Where(strategy => strategy.Origins is not null)];
        if (known.Length == 0)
        {
            return;
        }

        text.Append(
            "\nLabels by the origin of the architecture, means of a run:\n\n| strategy | prior | seed | proposer | operators | predictor "
                + "|\n|---|---|---|---|---|---|\n");
        foreach (StrategySummary strategy in known)
        {
            LabelOrigins origins = strategy.Origins!;
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {strategy.Strategy} | {origins.Prior:0.0} | {origins.Seed:0.0} | {origins.Proposer:0.0} | {origins.Operators:0.0} | "
                    + $"{origins.Predictor:0.0} |\n");
        }
    }

    /// <summary>Seeds in a few words.</summary>
    internal static string Seeds(IReadOnlyList<int> seeds) =>
        $"{(seeds.Count == 1 ? $"seed {seeds[0]}" : $"{seeds.Count} seeds ({seeds.Min()}-{seeds.Max()})")}";

    private static void Strategies(StringBuilder text, BudgetSummary budget, CeilingSummary? ceiling)
    {
        text.Append("| strategy | ").AppendJoin(" | ", Metric.All.Select(metric => metric.Title))
            .Append(" | ranks | labels | functions | scored | invalid | duplicates | s |\n|---|");
        text.Insert(text.Length, "---|", Metric.All.Count + 7).Append('\n');
        foreach (StrategySummary strategy in budget.Strategies)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {strategy.Strategy} | ").AppendJoin(" | ", strategy.Metrics.Select(Cell));
            text.Append(" | ")
                .AppendJoin(" / ", strategy.Metrics.Select(metric => metric.Rank.ToString("0.0", CultureInfo.InvariantCulture)));
            text.Append(
                CultureInfo.InvariantCulture,
                $" | {strategy.Labels:0.#} | {strategy.Functions:0.0} | {strategy.Scored:0} | {strategy.Invalid:0} | "
                    + $"{strategy.Duplicates:0} | {strategy.Seconds:0.00} |\n");
        }

        if (ceiling is not null)
        {
            text.Append("| *ceiling* | ").AppendJoin(" | ", ceiling.Metrics.Select(Plain)).Append(" | | | | | |\n");
        }
    }

    /// <summary>Once for all budgets: it does not depend on them.</summary>
    private static void Ceiling(StringBuilder text, CeilingSummary? ceiling)
    {
        if (ceiling is null)
        {
            return;
        }

        text.Append("\n## Ceiling\n\nThe exact front of the validation accuracies, judged on test accuracy:\n\n");
        text.Append("| context | ").AppendJoin(" | ", Metric.All.Select(metric => metric.Title)).Append(" |\n|---|");
        text.Insert(text.Length, "---|", Metric.All.Count).Append('\n');
        foreach (ContextCeiling context in ceiling.Contexts)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {context.Context} | ").AppendJoin(" | ", context.Metrics.Select(Plain))
                .Append(" |\n");
        }
    }

    private static string Plain(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>
    /// An arrow for a significant difference from the reference: up for better, down for worse, whatever the measure's direction.
    /// </summary>
    internal static string Mark(MetricSummary metric)
    {
        if (!(metric.HolmPValue <= Level) || metric.ReferenceLead is not { } lead)
        {
            return "";
        }

        bool isWorse = lead > 0 == Metric.All.Single(other => other.Name == metric.Metric).HigherIsBetter;
        return isWorse ? " ▼" : " ▲";
    }

    private static string Cell(MetricSummary metric) => $"{metric.Mean:0.0000} ± {metric.Deviation:0.0000}{Mark(metric)}";

    private static void Contexts(StringBuilder text, BudgetSummary budget, string reference)
    {
        if (budget.Contexts.All(context => context.Metrics.Count == 0))
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture,
            $"\n{reference} against the best other strategy of each context (lead ± standard error, over 0 is good):\n\n");
        text.Append("| context | ").AppendJoin(" | ", Metric.All.Select(metric => metric.Title)).Append(" |\n|---|");
        text.Insert(text.Length, "---|", Metric.All.Count).Append('\n');
        foreach (ContextSummary context in budget.Contexts)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {context.Context} | ").AppendJoin(" | ", context.Metrics.Select(Cell))
                .Append(" |\n");
        }
    }

    private static string Cell(RivalSummary rival)
        => $"{rival.Lead:+0.0000;-0.0000;0.0000} ± {rival.StandardError:0.0000} ({rival.Rival})";
}
