using PelNas.Shared.Llm.Providers;

namespace PelNas.Shared.Comparison;

/// <summary>The summary as Markdown, for people.</summary>
public static class SummaryMarkdown
{
    /// <summary>The whole file.</summary>
    public static string Format(BenchmarkSummary summary)
    {
        string contexts = string.Join(", ", summary.Contexts);
        string machine = summary.Machine is null ? "" : $" on {summary.Machine}";
        List<string> lines =
        [
            "# Benchmark",
            "",
            $"{summary.Contexts.Count} contexts ({contexts}), {Seeds(summary.Seeds)}, pelnas {summary.Version}.",
            $"Labels are {summary.LabelsFrom} accuracies; fronts are judged on test accuracy.",
            $"Made {summary.MadeAt:yyyy-MM-dd}{machine}{(summary.Command is { } command ? $" by\n\n    {command}\n" : ".")}",
        ];
        if (summary.Budgets.SelectMany(budget => budget.Strategies).Any(strategy => strategy.Proposer == ChatProviders.Offline))
        {
            lines.Add("The proposer is `offline`: a rule-based stand-in, no LLM was asked.");
        }

        foreach (BudgetSummary budget in summary.Budgets)
        {
            lines.AddRange(Table($"## {budget.Budget} labels", SummaryTable.OfStrategies(budget, summary.Ceiling)));
            lines.AddRange(Table("Labels by the origin of the architecture, means of a run:", SummaryTable.OfOrigins(budget)));
            lines.AddRange(Table(
                $"{summary.Reference} against the best other strategy of each context (lead ± standard error, over 0 is good):",
                SummaryTable.OfContexts(budget)));
        }

        if (summary.Ceiling is { } ceiling)
        {
            lines.AddRange(Table(
                "## Ceiling\n\nThe exact front of the validation accuracies, judged on test accuracy:", SummaryTable.OfCeiling(ceiling)));
        }

        return string.Join('\n', [.. lines, "", BenchmarkNotes.Definitions(summary.Reference), ""]);
    }

    /// <summary>Seeds in a few words.</summary>
    internal static string Seeds(IReadOnlyList<int> seeds)
        => seeds.Count == 1 ? $"seed {seeds[0]}" : $"{seeds.Count} seeds ({seeds.Min()}-{seeds.Max()})";

    private static IEnumerable<string> Table(string heading, SummaryTable table) => table.Rows.Count == 0 ? [] :
    [
        "", heading, "",
        Line(table.Columns),
        $"|{string.Concat(table.Columns.Select(_ => "---|"))}",
        .. table.Rows.Select(row => Line([row.Name, .. row.Cells.Select(cell => cell.Text)])),
    ];

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
