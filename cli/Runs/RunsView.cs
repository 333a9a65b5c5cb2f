using System.Globalization;
using PelNas.Cli.Searching;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Reports;
using Spectre.Console;

namespace PelNas.Cli.Runs;

/// <summary>Runs on a terminal.</summary>
internal static class RunsView
{
    public static void WriteList(IAnsiConsole console, IReadOnlyList<RunLine> runs)
    {
        if (runs.Count == 0)
        {
            console.WriteLine("no runs");
            return;
        }

        Table table = Terminal.Table("run", "data set", "device", "seed", "proposer", "labels", "ended");
        foreach (RunLine run in runs)
        {
            table.AddRow(
                run.Id, Markup.Escape(run.Dataset), Markup.Escape(run.Device), Whole(run.Seed), Markup.Escape(run.Proposer), $"up to {Whole(run.MaxLabels)}",
                run.FinishedAt is { } end ? $"{end.UtcDateTime:yyyy-MM-dd HH:mm}Z ({run.StopReason})" : "no");
        }

        console.Write(table);
    }

    public static void WriteResult(IAnsiConsole console, SearchResult result)
    {
        console.WriteLine($"run {result.RunId}: {result.Dataset} on {result.Device}, seed {result.Seed}, labels from {result.LabelsFrom}, proposer {result.Proposer}");
        console.WriteLine(result.FinishedAt is null ? "not ended" : $"ended by {result.StopReason}");
        new FrontTable(result.Front, result.Device, Terminal.Columns()).Write(console);
        WriteComparison(console, [result]);
    }

    /// <summary>The measures side by side, with what makes them incomparable.</summary>
    public static void WriteComparison(IAnsiConsole console, IReadOnlyList<SearchResult> results)
    {
        Table table = Terminal.Table("run", "context", "labels", "HV ratio", "live", "IGD", "exact points", "front", "calls", "cost");
        foreach (SearchResult result in results)
        {
            table.AddRow(
                result.RunId, Markup.Escape($"{result.Dataset}:{result.Device}"), $"{Whole(result.Counts.Labels)} of {Whole(result.Budgets.MaxLabels)}",
                Number(result.Metrics?.HypervolumeRatio), Number(result.Metrics?.LiveHypervolumeRatio), Number(result.Metrics?.Igd),
                result.Metrics is { } metrics ? string.Create(CultureInfo.InvariantCulture, $"{metrics.FrontHitRate:P0} of {metrics.TrueFrontSize}") : "",
                Whole(result.Front.Count), Whole(result.Counts.LlmCalls), CostText.Of(result.Counts.Usd));
        }

        console.Write(table);
        foreach (string difference in Differences(results))
        {
            console.WriteLine($"not alike: {difference}");
        }
    }

    /// <summary>What else differs between runs than what they came to.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyList<SearchResult> results)
    {
        (string Name, Func<SearchResult, string> Of)[] traits =
        [
            ("data set", result => result.Dataset),
            ("device", result => result.Device),
            ("labels from", result => result.LabelsFrom),
            ("limits", result => result.Limits?.Describe() ?? "none"),
            ("label budget", result => Whole(result.Budgets.MaxLabels)),
            ("proposer", result => result.Proposer),
            ("predictor", result => result.Predictor),
            ("partition scheme", result => result.PartitionScheme),
        ];
        return
        [
            .. traits.Select(trait => (trait.Name, Values: results.Select(trait.Of).Distinct().ToArray()))
                .Where(trait => trait.Values.Length > 1)
                .Select(trait => $"{trait.Name} {string.Join(" / ", trait.Values)}"),
        ];
    }

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "";
}
