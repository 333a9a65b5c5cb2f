using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PelNas.Functions.Tests;

/// <summary>Compiles files that do everything that functions/ and shared/ must not do, by the rules of the two.</summary>
public sealed partial class BannedSymbolsTests : FolderTest
{
    private static readonly string[] OfFunctions =
    [
        "System.DateTime.Now",
        "System.DateTime.UtcNow",
        "System.DateTime.Today",
        "System.DateTimeOffset.UtcNow",
        "System.Diagnostics.Stopwatch.GetTimestamp()",
        "System.Guid.NewGuid()",
        "System.Guid.CreateVersion7()",
        "System.Random.Shared",
        "System.Environment.MachineName",
        "System.IO.File.Exists(\"x\")",
        "System.IO.Directory.Exists(\"x\")",
        "new System.Net.Http.HttpClient()",
        "System.Threading.Thread.CurrentThread",
        "System.Threading.Tasks.Task.Run(() => { })",
        "System.Threading.Tasks.Task.Run(() => 1)",
        "System.Threading.Tasks.Task.Factory",
        "System.Threading.Tasks.Task.Delay(1)",
        "System.Threading.Tasks.Task.Delay(System.TimeSpan.Zero, (System.TimeProvider)null)",
        "System.Threading.Tasks.Task.Delay(System.TimeSpan.Zero, null, default)",
        "System.Threading.Tasks.Task.Run(() => 1, default)",
        "System.Threading.Tasks.Parallel.For(0, 1, _ => { })",
        "System.Threading.ThreadPool.ThreadCount",
        "System.TimeProvider.System",
        "System.Security.Cryptography.RandomNumberGenerator.GetInt32(2)",
        "new System.IO.FileStream(\"x\", System.IO.FileMode.Open)",
        "new System.IO.StreamReader(\"x\")",
        "new System.IO.StreamWriter(\"x\")",
        "System.Console.In",
    ];

    private static readonly string[] OfShared =
    [
        "System.DateTime.Now",
        "System.DateTime.UtcNow",
        "System.DateTime.Today",
        "System.DateTimeOffset.Now",
        "System.DateTimeOffset.UtcNow",
        "System.TimeProvider.System",
        "System.Diagnostics.Stopwatch.GetTimestamp()",
        "System.Environment.TickCount",
        "System.Environment.TickCount64",
        "System.Random.Shared",
        "new System.Random()",
        "System.Security.Cryptography.RandomNumberGenerator.GetInt32(2)",
        "System.Guid.NewGuid()",
        "System.Guid.CreateVersion7()",
        "System.Threading.Tasks.Task.Delay(1)",
        "System.Threading.Tasks.Task.Delay(1, default)",
        "System.Threading.Tasks.Task.Delay(System.TimeSpan.Zero)",
        "System.Threading.Tasks.Task.Delay(System.TimeSpan.Zero, System.Threading.CancellationToken.None)",
    ];

    [Fact]
    public Task Everything_an_orchestrator_must_not_do_is_a_build_error()
        => ShouldBeErrorsAsync("BannedSymbols.functions.txt", OfFunctions);

    [Fact]
    public Task Everything_the_engine_must_not_do_is_a_build_error() => ShouldBeErrorsAsync("BannedSymbols.shared.txt", OfShared);

    private async Task ShouldBeErrorsAsync(string list, string[] sins)
    {
        // Line 1 is the class; the sins follow, one a line; the last member is innocent.
        string source = Write(
            "Sins.cs",
            ["public static class Sins {", .. sins.Select((sin, i) => $"public static object Sin{i}() => {sin};"),
                "public static object Innocent() => 1; }"]);
        string rules = Write(".globalconfig", ["is_global = true", "dotnet_diagnostic.RS0030.severity = error"]);
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string arguments = Write(
            "csc.rsp",
            [
                "-nologo", "-target:library", $"-out:\"{Path.Combine(Folder.Path, "sins.dll")}\"",
                .. Directory.GetFiles(framework, "System*.dll").Where(dll => !dll.Contains("Native", StringComparison.Ordinal))
                    .Select(dll => $"-reference:\"{dll}\""),
                .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "analyzers"), "*.dll").Select(dll => $"-analyzer:\"{dll}\""),
                $"-additionalfile:\"{Path.Combine(AppContext.BaseDirectory, list)}\"",
                $"-analyzerconfig:\"{rules}\"",
                $"\"{source}\"",
            ]);

        string output = await CompileAsync(framework, arguments);

        int[] refused = [.. Error().Matches(output)
            .Select(match => int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)).Distinct().Order()];
        refused.ShouldBe(Enumerable.Range(2, sins.Length), output);
        output.Split('\n')
            .ShouldAllBe(line => !line.Contains("error", StringComparison.Ordinal) || line.Contains("RS0030", StringComparison.Ordinal));
    }

    private static async Task<string> CompileAsync(string framework, string arguments)
    {
        // The framework is in <root>/shared/Microsoft.NETCore.App/<version>, the compiler in <root>/sdk/<version>/Roslyn/bincore.
        string root = Path.GetFullPath(Path.Combine(framework, "..", "..", ".."));
        string compiler = Directory.GetDirectories(Path.Combine(root, "sdk"))
            .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll")).Where(File.Exists).Order(StringComparer.Ordinal).Last();
        using Process process =
            Process.Start(new ProcessStartInfo(Path.Combine(root, "dotnet"), ["exec", compiler, "-noconfig", $"@{arguments}"])
            {
                RedirectStandardOutput = true,
            })!;
        string output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await Awaiting.For(process.WaitForExitAsync(Cancellation), "the compiler's end");
        return output;
    }

    private string Write(string name, IEnumerable<string> lines)
    {
        string path = Path.Combine(Folder.Path, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    [GeneratedRegex(@"Sins\.cs\(([0-9]+),[0-9]+\): error RS0030")]
    private static partial Regex Error();
}
