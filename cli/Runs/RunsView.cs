using PelNas.Cli.Searching;
using PelNas.Functions.Http.Searches;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Reports;
using Spectre.Console;

namespace PelNas.Cli.Runs;

/// <summary>Runs on a terminal.</summary>
internal static class RunsView
{
    public static void WriteList(IAnsiConsole console, IReadOnlyList<SearchSummary> runs)
    {
        if (runs.Count == 0)
        {
            console.WriteLine("no runs");
            return;
        }

        FittedTable table = new(Terminal.Columns());
        table.Add("run", 0, runs.Select(run => run.Id), isText: true);
        table.Add("data set", 1, runs.Select(run => run.Dataset), isText: true);
        table.Add("device", 0, runs.Select(run => run.Device), isText: true);
        table.Add("seed", 3, runs.Select(run => Whole(run.Seed)));
        table.Add("proposer", 4, runs.Select(run => run.Proposer), isText: true);
        table.Add("labels", 5, runs.Select(run => $"up to {Whole(run.MaxLabels)}"), isText: true);
        table.Add(
            "ended",
            2,
            runs.Select(run => run.FinishedAt is { } end ? $"{end.UtcDateTime:yyyy-MM-dd HH:mm}Z ({run.StopReason})" : WhereIs(run.Status)),
            isText: true);
        table.Write(console);
    }

    public static void WriteResult(IAnsiConsole console, SearchResult result, SearchStatus status)
    {
        console.WriteLine(
            $"run {result.RunId}: {result.Dataset} on {result.Device}, seed {result.Seed}, labels from {result.LabelsFrom}, proposer "
                + $"{result.Proposer}");
        console.WriteLine(result.FinishedAt is null ? $"ended: {WhereIs(status)}" : $"ended by {result.StopReason}");
        FrontTable.Write(console, result.Front, result.Device, Terminal.Columns());
        WriteComparison(console, [result]);
    }

    /// <summary>The measures side by side, with what makes them incomparable.</summary>
    public static void WriteComparison(IAnsiConsole console, IReadOnlyList<SearchResult> results)
    {
        FittedTable table = new(Terminal.Columns());
        table.Add("run", 0, results.Select(result => result.RunId), isText: true);
        table.Add("context", 5, results.Select(result => $"{result.Dataset}:{result.Device}"), isText: true);
        table.Add("labels", 4, results.Select(result => $"{Whole(result.Counts.Labels)} of {Whole(result.Budgets.MaxLabels)}"));
        table.Add("HV ratio", 0, results.Select(result => Number(result.Metrics?.HypervolumeRatio)));
        table.Add("live", 1, results.Select(result => Number(result.Metrics?.LiveHypervolumeRatio)));
        table.Add("IGD", 2, results.Select(result => Number(result.Metrics?.Igd)));
        table.Add("exact points", 3, results.Select(result =>
            result.Metrics is { } metrics ? $"{metrics.FrontHitRate:P0} of {metrics.TrueFrontSize}" : ""));
        table.Add("front", 6, results.Select(result => Whole(result.Front.Count)));
        table.Add("calls", 7, results.Select(result => Whole(result.Counts.LlmCalls)));
        table.Add("cost", 2, results.Select(result => CostText.Of(result.Counts.Usd)));
        table.Write(console);
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

    private static string WhereIs(SearchStatus status)
        => status is SearchStatus.Failed or SearchStatus.Terminated ? status.ToString().ToLowerInvariant() : "no";

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "";
}
