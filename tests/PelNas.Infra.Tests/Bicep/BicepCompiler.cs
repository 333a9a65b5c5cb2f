namespace PelNas.Infra.Tests.Bicep;

/// <summary>The Bicep compiler that the build restored.</summary>
internal static class BicepCompiler
{
    // What the parameter files do not compile without.
    private static readonly Dictionary<string, string> Environment = new() { ["BUDGET_START"] = "2026-11-01" };

    /// <summary>Runs a command of it in the repository.</summary>
    public static Task<ToolResult> RunAsync(params string[] arguments) =>
        Tool.RunAsync(Path.Combine(Repository.Metadata("Bicep"), OperatingSystem.IsWindows() ? "bicep.exe" : "bicep"), Repository.Root,
            arguments, environment: Environment);
}
