using System.Runtime.InteropServices;
using System.Text.Json;
using PelNas.Cli.Searching;
using PelNas.Shared.Comparison;
using PelNas.Shared.Comparison.Html;

namespace PelNas.Cli.Benchmarking;

/// <summary>Runs or continues a benchmark and writes its reports.</summary>
internal static class BenchmarkVerb
{
    public static async Task<int> RunAsync(BenchmarkOrder order, CancellationToken cancellationToken)
    {
        OutputFolder.RefuseResult(order.Output);
        OutputFolder.EnsureWritable(order.Output);
        using BenchmarkLog log = new(order.Output);
        BenchmarkPlan plan = order.Plan;
        int done = plan.Keys.Count(log.Contains);
        Console.Error.WriteLine(
            $"{plan.Contexts.Count} contexts, {plan.Strategies.Count} strategies, {plan.Seeds.Count} seeds, labels "
                + $"{string.Join(", ", plan.Budgets)} from {plan.LabelsFrom}: {done} of {plan.RowCount} rows are there");
        foreach (string warning in plan.Contexts.Select(context => context.LatencyWarning).OfType<string>())
        {
            Console.Error.WriteLine($"pelnas: warning: {warning}");
        }

        try
        {
            await ProgressBar.RunAsync(
                plan.RowCount, done,
                progress => new BenchmarkRunner(TimeProvider.System).RunAsync(plan, log, order.Workers, progress, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Interruption.Tell("the same command continues where it stopped");
        }

        BenchmarkSummary summary = BenchmarkSummarizer.Summarize(plan, log, TimeProvider.System.GetUtcNow()) with
        {
            Machine = $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSArchitecture}",
            Command = order.Command,
        };
        string json = JsonSerializer.Serialize(summary, PelNasJson.Indented) + "\n";
        string markdown = SummaryMarkdown.Format(summary);
        await File.WriteAllTextAsync(Path.Combine(order.Output, "summary.json"), json, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(order.Output, "summary.md"), markdown, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(order.Output, "report.html"), BenchmarkReport.Render(summary), cancellationToken);
        Console.Out.Write(order.Json ? json : markdown);
        Console.Error.WriteLine($"report {Path.Combine(order.Output, "report.html")}");
        return ExitCode.Done;
    }
}

/// <summary>What <c>pelnas benchmark</c> was asked to do.</summary>
/// <param name="Output">Folder for tables and reports.</param>
/// <param name="Workers">Runs at a time.</param>
/// <param name="Command">The command that makes the same table.</param>
/// <param name="Json">Whether the summary goes to stdout as JSON.</param>
internal sealed record BenchmarkOrder(BenchmarkPlan Plan, string Output, int Workers, string Command, bool Json);
