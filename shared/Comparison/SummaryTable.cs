using PelNas.Shared.Comparison.Strategies;

namespace PelNas.Shared.Comparison;

/// <summary>A table of a benchmark's summary, which each report writes in its own form.</summary>
/// <param name="Columns">Headings, that of the names first.</param>
/// <param name="Rows">Names, with a cell for each further column.</param>
internal sealed record SummaryTable(IReadOnlyList<string> Columns, IReadOnlyList<(string Name, SummaryCell[] Cells)> Rows)
{
    // Holm-corrected p-value up to which a difference is marked.
    private const double Level = 0.05;
    private static readonly string[] Measures = [.. Metric.All.Select(metric => metric.Title)];
    private static readonly string[] Counts = ["ranks", "labels", "functions", "scored", "invalid", "duplicates", "s"];

    /// <summary>Every strategy over all contexts, and the ceiling where there is one.</summary>
    public static SummaryTable OfStrategies(BudgetSummary budget, CeilingSummary? ceiling)
    {
        List<(string, SummaryCell[])> rows = [.. budget.Strategies.Select(strategy => (strategy.Strategy, Cells(strategy, budget)))];
        if (ceiling is not null)
        {
            rows.Add(("*ceiling*", [.. Plain(ceiling.Metrics), .. Counts.Select(_ => new SummaryCell(""))]));
        }

        return new SummaryTable(["strategy", .. Measures, .. Counts], rows);
    }

    /// <summary>The reference against the best other strategy in each context; no row where it has no rival.</summary>
    public static SummaryTable OfContexts(BudgetSummary budget) => new(
        ["context", .. Measures],
        [
            .. budget.Contexts.Where(context => context.Metrics.Count > 0)
                .Select(context => (context.Context, context.Metrics.Select(Cell).ToArray())),
        ]);

    /// <summary>The ceiling by context, which does not depend on budgets.</summary>
    public static SummaryTable OfCeiling(CeilingSummary ceiling)
        => new(["context", .. Measures], [.. ceiling.Contexts.Select(context => (context.Context, Plain(context.Metrics)))]);

    /// <summary>Labels by the origin of the architecture, means of a run; no row where no strategy distinguishes.</summary>
    public static SummaryTable OfOrigins(BudgetSummary budget) => new(
        ["strategy", "prior", "seed", "proposer", "operators", "predictor"],
        [
            .. budget.Strategies.Where(strategy => strategy.Origins is not null)
                .Select(strategy => (strategy.Strategy, Cells(strategy.Origins!))),
        ]);

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

    private static SummaryCell[] Cells(StrategySummary strategy, BudgetSummary budget)
    {
        string ranks = string.Join(" / ", strategy.Metrics.Select(metric => $"{metric.Rank:0.0}"));
        return
        [
            .. strategy.Metrics.Select((metric, place) => new SummaryCell(
                $"{metric.Mean:0.0000} ± {metric.Deviation:0.0000}{Mark(metric)}", IsBest(metric.Mean, place, budget))),
            new(ranks, MayWrap: true), new($"{strategy.Labels:0.#}"), new($"{strategy.Functions:0.0}"), new($"{strategy.Scored:0}"),
            new($"{strategy.Invalid:0}"), new($"{strategy.Duplicates:0}"), new($"{strategy.Seconds:0.00}"),
        ];
    }

    private static bool IsBest(double mean, int place, BudgetSummary budget)
    {
        IEnumerable<double> means = budget.Strategies.Select(strategy => strategy.Metrics[place].Mean);
        return mean == (Metric.All[place].HigherIsBetter ? means.Max() : means.Min());
    }

    private static SummaryCell Cell(RivalSummary rival) => new(
        $"{rival.Lead:+0.0000;-0.0000;0.0000} ± {rival.StandardError:0.0000} ({rival.Rival})", rival.Lead > rival.StandardError,
        MayWrap: true);

    private static SummaryCell[] Cells(LabelOrigins origins) =>
    [
        new($"{origins.Prior:0.0}"), new($"{origins.Seed:0.0}"), new($"{origins.Proposer:0.0}"), new($"{origins.Operators:0.0}"),
        new($"{origins.Predictor:0.0}"),
    ];

    private static SummaryCell[] Plain(IEnumerable<double> values) => [.. values.Select(value => new SummaryCell($"{value:0.0000}"))];
}

/// <summary>A cell.</summary>
/// <param name="IsGood">Whether it is the best of its column, or a lead.</param>
/// <param name="MayWrap">Whether it may stand in several lines.</param>
internal readonly record struct SummaryCell(string Text, bool IsGood = false, bool MayWrap = false);
