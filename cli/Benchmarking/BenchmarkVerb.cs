using System.Runtime.InteropServices;
using System.Text.Json;
using PelNas.Cli.Searching;
using PelNas.Shared.Comparison;
using PelNas.Shared.Comparison.Html;

namespace PelNas.Cli.Benchmarking;

/// <summary>Runs or continues a benchmark and writes its reports.</summary>
internal static class BenchmarkVerb
{
    /// <param name="plan">What is run.</param>
    /// <param name="output">Folder for tables and reports.</param>
    /// <param name="workers">Runs at a time.</param>
    /// <param name="command">The command that makes the same table.</param>
    /// <param name="asJson">Whether the summary goes to stdout as JSON.</param>
    /// <param name="cancellationToken">Stops it; the same command continues.</param>
    public static async Task<int> RunAsync(
        BenchmarkPlan plan, string output, int workers, string command, bool asJson, CancellationToken cancellationToken)
    {
        OutputFolder.RefuseResult(output);
        OutputFolder.EnsureWritable(output);
        using BenchmarkLog log = new(output);
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
                progress => new BenchmarkRunner(TimeProvider.System).RunAsync(plan, log, workers, progress, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Interruption.Tell("the same command continues where it stopped");
        }

        BenchmarkSummary summary = BenchmarkSummarizer.Summarize(plan, log, TimeProvider.System.GetUtcNow()) with
        {
            Machine = $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSArchitecture}",
            Command = command,
        };
        string json = JsonSerializer.Serialize(summary, PelNasJson.Indented) + "\n";
        string markdown = SummaryMarkdown.Format(summary);
        await File.WriteAllTextAsync(Path.Combine(output, "summary.json"), json, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(output, "summary.md"), markdown, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(output, "report.html"), BenchmarkReport.Render(summary), cancellationToken);
        Console.Out.Write(asJson ? json : markdown);
        Console.Error.WriteLine($"report {Path.Combine(output, "report.html")}");
        return ExitCode.Done;
    }
}
