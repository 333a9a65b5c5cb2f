[assembly: AssemblyFixture(typeof(Linters))]

namespace PelNas.Infra.Tests.Support;

/// <summary>The linters that run on Node.js, installed from their lock when the first test asks for one.</summary>
public sealed class Linters
{
    private readonly Lazy<Task<string>> _folder = new(InstallAsync);

    /// <summary>Runs a script of the linters' folder, such as <c>kusto.js</c>.</summary>
    internal async Task<ToolResult> RunAsync(string script, string[] arguments, string input = "")
    {
        string folder = await _folder.Value;
        return await Tool.RunAsync("node", folder, [Path.Combine(folder, script), .. arguments], input);
    }

    private static async Task<string> InstallAsync()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "linters");
        string npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        ToolResult result = await Tool.RunAsync(npm, folder, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        return result.ExitCode == 0
            ? folder
            : throw new InvalidOperationException($"'npm ci' could not install the linters in {folder}: {result.Errors.Trim()}");
    }
}
