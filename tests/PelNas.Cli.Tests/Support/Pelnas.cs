using System.Diagnostics;

namespace PelNas.Cli.Tests.Support;

/// <summary>Runs the real program with a data folder that is gone after the test.</summary>
public sealed class Pelnas : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "pelnas.dll");
    private const int SigInt = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pelnas-cli-");

    public string Folder => _folder.FullName;

    /// <summary>Variables that the program gets beside those of the test, in a process of its own.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public string Data => In("data");

    /// <summary>A path in this instance's folder.</summary>
    public string In(params string[] names) => Path.Combine([Folder, .. names]);

    /// <summary>The result in an output folder, as any other program would read it.</summary>
    public JsonElement Result(string output) => JsonDocument.Parse(File.ReadAllText(In(output, "result.json"))).RootElement;

    /// <summary>A search with this instance's data folder, writing to an output folder of the given name.</summary>
    public Task<Finished> SearchAsync(string output, params string[] arguments)
        => RunAsync(["search", "--data", Data, "--output", In(output), .. arguments]);

    /// <summary>
    /// Runs a command line in the process of the tests, where variables or a terminal, which the program would see, do not forbid it.
    /// </summary>
    public Task<Finished> RunAsync(params string[] arguments)
        => Environment.Count > 0 || !Console.IsOutputRedirected || !Console.IsErrorRedirected
            ? RunProcessAsync(arguments)
            : InProcess.RunAsync(arguments);

    /// <summary>
    /// Runs a command line in a process of its own, for tests of what only a process has: its start, its streams, its signals.
    /// </summary>
    public async Task<Finished> RunProcessAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        return await EndAsync(process, arguments);
    }

    /// <summary>Starts the program and kills it (SIGKILL) as soon as it has printed a line that begins with a text.</summary>
    public async Task<string> KillAfterAsync(string lineStart, params string[] arguments)
    {
        using Process process = Start(arguments);
        List<string> lines = [];
        while (await process.StandardOutput.ReadLineAsync(Cancellation) is { } line)
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

    /// <summary>Starts the program and interrupts it (SIGINT) as soon as something has happened.</summary>
    public async Task<Finished> InterruptAsync(Func<Process, Task> happens, params string[] arguments)
    {
        using Process process = Start(arguments);
        await happens(process).WaitAsync(Patience, Cancellation);
        using (Process kill = Process.Start("kill", [IgnoresInterrupt() ? "-TERM" : "-INT", $"{process.Id}"]))
        {
            await WaitAsync(kill, ["(kill)"]);
        }

        return await EndAsync(process, arguments);
    }

    /// <summary>Starts the program and kills it (SIGKILL) as soon as a file has at least so many bytes.</summary>
    public async Task KillAtSizeAsync(string path, long bytes, params string[] arguments)
    {
        bool hasStruck = false;
        using Process process = Start(arguments);
        using FileSystemWatcher watcher = new(Path.GetDirectoryName(path)!, Path.GetFileName(path)) { EnableRaisingEvents = true };
        watcher.Changed += (_, _) =>
        {
            // On the watcher's own thread, so that whatever else the tests do does not hold it up.
            if (!hasStruck && new FileInfo(path).Length >= bytes)
            {
                hasStruck = true;
                process.Kill();
            }
        };
        Finished ended = await EndAsync(process, arguments);
        hasStruck.ShouldBeTrue($"The program ended before {path} had {bytes} bytes: {ended.Errors}");
    }

    /// <summary>Starts the app with this instance's data folder on a free port.</summary>
    public Server Serve() => new(Start(["serve", "--port", "0", "--data", Data]), Path.Combine(Data, "keys.json"));

    /// <summary>Starts the app in a process none of whose files can grow over a size, as if the disk were full. Needs bash.</summary>
    public Server ServeOnFullDisk(int mostKilobytes)
    {
        // The signal that tells of the limit is ignored, so that writing fails; the runtime's own use of large files is switched off.
        ProcessStartInfo start = Redirected(
            "bash",
            ["-c", $"trap '' XFSZ; ulimit -f {mostKilobytes}; exec dotnet \"$@\"", "bash", Program, "serve",
                "--port", "0", "--data", Data]);
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return new Server(Process.Start(start)!, Path.Combine(Data, "keys.json"));
    }

    /// <summary>
    /// Runs a script in this instance's folder with bash, in which <c>pelnas</c> is the program. Whatever it leaves running is killed.
    /// </summary>
    public async Task<Finished> RunScriptAsync(string script)
    {
        // In the background the function is a process of its own, whose place the program takes: kill reaches it.
        ProcessStartInfo start = Redirected("bash", ["-c", $"pelnas() {{ exec dotnet '{Program}' \"$@\"; }}\n{script}\nwait"]);
        start.WorkingDirectory = Folder;
        using Process process = Process.Start(start)!;
        try
        {
            return await EndAsync(process, ["(script)"]);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>
    /// Runs the program with its temporary folder on a file system that is mounted noexec; null where nothing can be mounted. Linux.
    /// </summary>
    public async Task<Finished?> RunWithNoexecTemporaryFolderAsync(params string[] arguments)
    {
        // The mount is seen by this process alone and gone with it.
        const string Script = "mount -t tmpfs -o noexec tmpfs \"$1\" || exit 99; export TMPDIR=\"$1\"; shift; exec dotnet \"$@\"";
        string folder = Directory.CreateDirectory(In("noexec")).FullName;
        using Process process =
            Process.Start(Redirected("unshare", ["--mount", "bash", "-c", Script, "bash", folder, Program, .. arguments]))!;
        Finished finished = await EndAsync(process, arguments);
        return finished.ExitCode == 99 || finished.Errors.StartsWith("unshare:", StringComparison.Ordinal) ? null : finished;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Process Start(string[] arguments)
    {
        ProcessStartInfo start = Redirected("dotnet", [Program, .. arguments]);
        foreach ((string name, string value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static ProcessStartInfo Redirected(string program, string[] arguments) => new(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    /// <summary>
    /// Whether this process was started with Ctrl-C ignored, as a shell does in the background: its children inherit that.
    /// </summary>
    private static bool IgnoresInterrupt()
        => OperatingSystem.IsLinux()
            && File.ReadLines("/proc/self/status").Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is var ignored
                && (Convert.ToUInt64(ignored["SigIgn:".Length..].Trim(), 16) & (1UL << (SigInt - 1))) != 0;

    /// <summary>Reads what a process leaves, which has <see cref="Patience"/> to end.</summary>
    private static async Task<Finished> EndAsync(Process process, string[] arguments)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(Cancellation).WaitAsync(Patience, Cancellation);
        await WaitAsync(process, arguments);
        return new Finished(process.ExitCode, output, await errors);
    }

    private static async Task WaitAsync(Process process, string[] arguments)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
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
