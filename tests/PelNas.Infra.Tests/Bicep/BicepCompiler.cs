using PelNas.Infra.Tests.Support;

namespace PelNas.Infra.Tests.Bicep;

/// <summary>The Bicep compiler that the build restored.</summary>
internal static class BicepCompiler
{
    /// <summary>Runs a command of it in the repository.</summary>
    public static Task<ToolResult> RunAsync(params string[] arguments) =>
        Tool.RunAsync(Path.Combine(Repository.Metadata("Bicep"), OperatingSystem.IsWindows() ? "bicep.exe" : "bicep"), Repository.Root, arguments);
}
