using PelNas.Shared.Reports.Html;

namespace PelNas.Shared.Comparison.Html;

/// <summary>The comparison at one budget: a table over all contexts, and the reference against the best rival in each context.</summary>
internal static class BudgetSection
{
    public static void Write(MarkupWriter html, BudgetSummary budget, string reference, CeilingSummary? ceiling)
    {
        string id = $"budget-{budget.Budget}";
        using (html.Open("section", ("aria-labelledby", id)))
        {
            html.Element("h2", $"{budget.Budget} labels", ("id", id));
            Table(
                html,
                id,
                "Over all contexts: mean ± standard deviation over seeds; ▲ is significantly better and ▼ worse than the reference.",
                ["Strategy", .. Metric.All.Select(metric => metric.Title), "Ranks", "Labels", "Functions", "Scored",
                    "Invalid", "Duplicates", "Seconds"],
                [.. budget.Strategies.Select(strategy => Row(strategy, budget)), .. Rows(ceiling)]);
            if (budget.Contexts.Any(context => context.Metrics.Count > 0))
            {
                Table(
                    html,
                    id,
                    $"{reference} against the best other strategy in each context: lead ± standard error, over 0 is good.",
                    ["Context", .. Metric.All.Select(metric => metric.Title)],
                    budget.Contexts.Select(context => (context.Context, context.Metrics.Select(metric =>
                        new Cell($"{ReportText.Fixed(metric.Lead, 4)} ± {ReportText.Fixed(metric.StandardError, 4)} ({metric.Rival})",
                            metric.Lead > metric.StandardError, MayWrap: true)))));
            }
        }
    }

    private static IEnumerable<(string Name, IEnumerable<Cell> Cells)> Rows(CeilingSummary? ceiling)
    {
        if (ceiling is not null)
        {
            yield return ("ceiling",
                [.. ceiling.Metrics.Select(value => new Cell(ReportText.Fixed(value, 4))), .. Enumerable.Repeat(new Cell(""), 5)]);
        }
    }

    private static (string Name, IEnumerable<Cell> Cells) Row(StrategySummary strategy, BudgetSummary budget)
    {
        IEnumerable<Cell> metrics = strategy.Metrics.Select((metric, place) =>
        {
            IEnumerable<double> means = budget.Strategies.Select(other => other.Metrics[place].Mean);
            bool best = metric.Mean == (Metric.All[place].HigherIsBetter ? means.Max() : means.Min());
            return new Cell(
                $"{ReportText.Fixed(metric.Mean, 4)} ± {ReportText.Fixed(metric.Deviation, 4)}{SummaryMarkdown.Mark(metric)}", best);
        });

        // No-break spaces inside the pairs: where room is short, the ranks stand in two lines.
        string ranks = string.Join(
            ", ",
            strategy.Metrics.Select(metric => ReportText.Fixed(metric.Rank, 1)).Chunk(2).Select(pair => string.Join(",\u00a0", pair)));
        string[] counts =
        [
            ReportText.Fixed(strategy.Labels, 0), ReportText.Fixed(strategy.Functions, 1),
            ReportText.Fixed(strategy.Scored, 0), ReportText.Fixed(strategy.Invalid, 0), ReportText.Fixed(strategy.Duplicates, 0),
            ReportText.Fixed(strategy.Seconds, 2),
        ];
        return (strategy.Strategy, [.. metrics, new Cell(ranks, MayWrap: true), .. counts.Select(count => new Cell(count))]);
    }

    private static void Table(
        MarkupWriter html, string label, string caption, string[] columns, IEnumerable<(string Name, IEnumerable<Cell> Cells)> rows)
    {
        using (html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", label)))
        using (html.Open("table"))
        {
            html.Element("caption", caption);
            using (html.Open("thead"))
            using (html.Open("tr"))
            {
                foreach (string column in columns)
                {
                    html.Element("th", column, ("scope", "col"), ("class", column == columns[0] ? null : "number"));
                }
            }

            using (html.Open("tbody"))
            {
                foreach ((string name, IEnumerable<Cell> cells) in rows)
                {
                    using (html.Open("tr"))
                    {
                        html.Element("th", name, ("scope", "row"));
                        foreach (Cell cell in cells)
                        {
                            html.Element(
                                "td", cell.Text, ("class", $"number{(cell.IsGood ? " best" : "")}{(cell.MayWrap ? " wrap" : "")}"));
                        }
                    }
                }
            }
        }
    }

    private readonly record struct Cell(string Text, bool IsGood = false, bool MayWrap = false);
}
