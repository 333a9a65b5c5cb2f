using System.Diagnostics;

namespace PelNas.Cli.Tests.Support;

/// <summary>Runs the real program in a process of its own, with a data folder that is gone after the test.</summary>
public sealed class Pelnas : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pelnas-cli-");

    public string Folder => _folder.FullName;

    public string Data => Path.Combine(Folder, "data");

    /// <summary>A search with this instance's data folder, writing to an output folder of the given name.</summary>
    public Task<Finished> SearchAsync(string output, params string[] arguments)
        => RunAsync(["search", "--data", Data, "--output", Path.Combine(Folder, output), .. arguments]);

    public Task<Finished> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    /// <summary>The same with environment variables of its own.</summary>
    public async Task<Finished> RunAsync(IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        using Process process = Start(arguments, environment);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await WaitAsync(process, arguments);
        return new Finished(process.ExitCode, output, await errors);
    }

    /// <summary>Starts the program and kills it (SIGKILL) as soon as it has printed a line that begins with a text.</summary>
    public async Task<string> KillAfterAsync(string lineStart, params string[] arguments)
    {
        using Process process = Start(arguments);
        List<string> lines = [];
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (line.StartsWith(lineStart, StringComparison.Ordinal))
            {
                process.Kill();
                await WaitAsync(process, arguments);
                return string.Join('\n', lines);
            }
        }

        throw new InvalidOperationException($"The program ended before it printed '{lineStart}':\n{string.Join('\n', lines)}");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Process Start(string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "pelnas.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task WaitAsync(Process process, string[] arguments)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            process.Kill();
            throw new TimeoutException($"'pelnas {string.Join(' ', arguments)}' had not ended after {Patience}.");
        }
    }
}

/// <summary>What a process left.</summary>
public sealed record Finished(int ExitCode, string Output, string Errors);
