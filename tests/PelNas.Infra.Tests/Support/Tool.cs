using System.ComponentModel;
using System.Diagnostics;

namespace PelNas.Infra.Tests.Support;

/// <summary>Runs a program to its end.</summary>
internal static class Tool
{
    /// <summary>Runs it, with a text as its standard input and variables beside those of this process.</summary>
    /// <exception cref="InvalidOperationException">The program cannot be started.</exception>
    public static async Task<ToolResult> RunAsync(
        string program, string folder, IEnumerable<string> arguments,
        string input = "", IReadOnlyDictionary<string, string>? environment = null)
    {
        CancellationToken cancellationToken = Cancellation;
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using Process process = Start(start);
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        return new ToolResult(process.ExitCode, await output, await errors);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException(
                $"'{start.FileName}' cannot be started. It must be installed and on the path; the checks of workflows and queries need "
                    + "Node.js 20 or later with npm.", exception);
        }
    }
}
