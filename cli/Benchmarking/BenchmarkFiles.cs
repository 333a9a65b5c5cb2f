using System.Text.Json;
using PelNas.Shared.Comparison;
using PelNas.Shared.Comparison.Html;

namespace PelNas.Cli.Benchmarking;

/// <summary>Writes the reports of a benchmark into its folder.</summary>
internal static class BenchmarkFiles
{
    /// <summary>The summary as JSON.</summary>
    public static string ToJson(BenchmarkSummary summary) => JsonSerializer.Serialize(summary, PelNasJson.Indented) + "\n";

    /// <summary>Writes summary.json, summary.md and report.html.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static async Task WriteAsync(string folder, BenchmarkSummary summary, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "summary.json"), ToJson(summary), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "summary.md"), SummaryMarkdown.Format(summary), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.html"), BenchmarkReport.Render(summary), cancellationToken);
    }
}
