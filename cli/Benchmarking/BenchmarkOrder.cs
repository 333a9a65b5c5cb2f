using PelNas.Shared.Comparison;

namespace PelNas.Cli.Benchmarking;

/// <summary>What <c>pelnas benchmark</c> was asked to do.</summary>
/// <param name="Plan">What to compare.</param>
/// <param name="Output">Folder for tables and reports.</param>
/// <param name="Workers">Runs at a time.</param>
/// <param name="Command">The command that makes the same table.</param>
/// <param name="Json">Whether the summary goes to stdout as JSON.</param>
internal sealed record BenchmarkOrder(BenchmarkPlan Plan, string Output, int Workers, string Command, bool Json);
