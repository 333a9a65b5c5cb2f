using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Reports.Html;

namespace PelNas.Shared.Comparison.Html;

/// <summary>The report of a benchmark as one HTML file that needs nothing else.</summary>
public static class BenchmarkReport
{
    /// <summary>Makes the page.</summary>
    public static string Render(BenchmarkSummary summary)
    {
        return ReportPage.Render("PEL-NAS benchmark report", html =>
        {
            Header(html, summary);
            Curves(html, summary);
            foreach (BudgetSummary budget in summary.Budgets)
            {
                BudgetSection.Write(html, budget, summary.Reference, summary.Ceiling);
            }

            using (html.Open("footer"))
            {
                html.Element("p", BenchmarkNotes.Definitions(summary.Reference));
            }
        });
    }

    private static void Header(MarkupWriter html, BenchmarkSummary summary)
    {
        IReadOnlyList<StrategySummary> strategies = summary.Budgets[0].Strategies;
        using (html.Open("header"))
        {
            html.Element("p", "PEL-NAS benchmark report", ("class", "eyebrow"));
            html.Element("h1", $"{strategies.Count} strategies at equal numbers of labels");
            if (strategies.Any(strategy => strategy.Proposer == ChatProviders.Offline))
            {
                using (html.Open("p", ("class", "notice"), ("role", "note")))
                {
                    html.Element("strong", "Offline proposer.");
                    html.Text(" A rule-based stand-in proposed the architectures of pel-nas. No language model was asked.");
                }
            }

            using (html.Open("dl", ("class", "facts")))
            {
                Fact(html, "Contexts", string.Join(", ", summary.Contexts));
                Fact(html, "Seeds", SummaryMarkdown.Seeds(summary.Seeds));
                Fact(html, "Labels", $"{summary.LabelsFrom} accuracies; fronts judged on test accuracy");
                Fact(html, "Version", summary.Version);
                Fact(html, "Made", $"{ReportText.Time(summary.MadeAt)}{(summary.Machine is { } machine ? $", {machine}" : "")}");
                if (summary.Command is { } command)
                {
                    Fact(html, "Command", command);
                }
            }
        }
    }

    private static void Curves(MarkupWriter html, BenchmarkSummary summary)
    {
        using (html.Open("section", ("aria-labelledby", "curves")))
        {
            html.Element("h2", "Quality over labels", ("id", "curves"));
            html.Element(
                "p",
                $"Runs with a budget of {summary.Budgets[^1].Budget} labels: means over contexts and seeds with 95 % confidence bands "
                    + "over the seeds. pel-nas plans by its budget, so its curve is not its result at a smaller one; the tables have "
                    + "these. Inside a generation its labels stand in the order of the partitions, so that its curve has steps.");
            for (int metric = 0; metric < Metric.All.Count; metric += 2)
            {
                using (html.Open("div", ("class", "pair")))
                {
                    Chart(html, summary, metric);
                    Chart(html, summary, metric + 1);
                }
            }

            SeriesStyle.WriteLegend(html, [.. summary.Curves.Select(curve => curve.Strategy)]);
        }
    }

    private static void Chart(MarkupWriter html, BenchmarkSummary summary, int metric)
    {
        using (html.Open("div"))
        {
            CurveChart.Write(html, summary.Curves, metric);
        }
    }

    private static void Fact(MarkupWriter html, string name, string value)
    {
        using (html.Open("div"))
        {
            html.Element("dt", name);
            html.Element("dd", value);
        }
    }
}
