using System.Xml.Linq;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Reports.Html;

namespace PelNas.Shared.Comparison.Html;

/// <summary>The report of a benchmark as one HTML file that needs nothing else.</summary>
public static class BenchmarkReport
{
    /// <summary>Makes the page.</summary>
    public static string Render(BenchmarkSummary summary) => ReportPage.Render(
        "PEL-NAS benchmark report",
        Header(summary),
        Curves(summary),
        summary.Budgets.Select(budget => BudgetSection.Of(budget, summary.Reference, summary.Ceiling)),
        new XElement("footer", new XElement("p", BenchmarkNotes.Definitions(summary.Reference))));

    private static XElement Header(BenchmarkSummary summary)
    {
        IReadOnlyList<StrategySummary> strategies = summary.Budgets[0].Strategies;
        return new XElement(
            "header",
            new XElement("p", new XAttribute("class", "eyebrow"), "PEL-NAS benchmark report"),
            new XElement("h1", $"{strategies.Count} strategies at equal numbers of labels"),
            strategies.Any(strategy => strategy.Proposer == ChatProviders.Offline)
                ? new XElement(
                    "p",
                    new XAttribute("class", "notice"),
                    new XAttribute("role", "note"),
                    new XElement("strong", "Offline proposer."),
                    " A rule-based stand-in proposed the architectures of pel-nas. No language model was asked.")
                : null,
            new XElement(
                "dl",
                new XAttribute("class", "facts"),
                Fact("Contexts", string.Join(", ", summary.Contexts)),
                Fact("Seeds", SummaryMarkdown.Seeds(summary.Seeds)),
                Fact("Labels", $"{summary.LabelsFrom} accuracies; fronts judged on test accuracy"),
                Fact("Version", summary.Version),
                Fact(
                    "Made",
                    $"{summary.MadeAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC{(summary.Machine is { } machine ? $", {machine}" : "")}"),
                summary.Command is { } command ? Fact("Command", UntrustedText.Line(command, 2_000)) : null));
    }

    private static XElement Curves(BenchmarkSummary summary) => new(
        "section",
        new XAttribute("aria-labelledby", "curves"),
        new XElement("h2", new XAttribute("id", "curves"), "Quality over labels"),
        new XElement(
            "p",
            $"Runs with a budget of {summary.Budgets[^1].Budget} labels: means over contexts and seeds with 95 % confidence bands "
                + "over the seeds. pel-nas plans by its budget, so its curve is not its result at a smaller one; the tables have "
                + "these. Inside a generation its labels stand in the order of the partitions, so that its curve has steps."),
        Enumerable.Range(0, Metric.All.Count).Chunk(2).Select(pair => new XElement(
            "div",
            new XAttribute("class", "pair"),
            pair.Select(metric => new XElement("div", CurveChart.Of(summary.Curves, metric))))),
        SeriesStyle.Legend(summary.Curves.Select(curve => curve.Strategy)));

    private static XElement Fact(string name, string value) => new("div", new XElement("dt", name), new XElement("dd", value));
}
