using System.CommandLine;
using PelNas.Shared.Benchmarks;

namespace PelNas.Cli.Commands;

/// <summary>Options that several verbs share.</summary>
internal static class CommonOptions
{
    public static Option<string> Data() => new("--data")
    {
        Description = "Folder of the embedded store and the orchestration histories",
        HelpName = "DIR",
        DefaultValueFactory = _ => DefaultDataDirectory,
    };

    public static Option<string> Tables() => new("--tables")
    {
        Description = "Folder of the benchmark tables (default: those that ship)",
        HelpName = "DIR",
        DefaultValueFactory = _ => "",
    };

    /// <summary>Opens the tables of the option; empty means those that ship.</summary>
    public static BenchmarkTables OpenTables(string directory)
        => directory.Length > 0 ? new BenchmarkTables(directory) : BenchmarkTables.OpenDefault();

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON on stdout; progress goes to stderr" };

    private static string DefaultDataDirectory
        => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "pelnas");
}
