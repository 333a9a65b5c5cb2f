namespace PelNas.Infra.Tests.Support;

/// <summary>Runs a script for which another one stands in for azd.</summary>
internal static class FakeAzd
{
    /// <summary>Runs it in the repository.</summary>
    /// <param name="shell">The shell.</param>
    /// <param name="script">The script.</param>
    /// <param name="azd">What azd does when it is called.</param>
    /// <param name="environment">Variables.</param>
    public static async Task<ToolResult> RunAsync(string shell, string script, string azd, Dictionary<string, string> environment)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for other systems.");
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "azd");
        await File.WriteAllTextAsync(file, $"#!/bin/sh\n{azd}\n", Cancellation);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        environment["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        return await Tool.RunAsync(shell, Repository.Root, ["-e", "-c", script], environment: environment);
    }
}
