namespace PelNas.Infra.Tests.Packaging;

/// <summary>What <c>dotnet pack cli</c> makes: a .NET tool that is installed from a folder and needs nothing else.</summary>
public sealed class PackedToolTests
{
    private const int MaxMegabytes = 110;

    [Fact]
    public async Task Installed_into_an_empty_folder_it_searches_on_the_tables_in_the_package()
    {
        using TemporaryFolder sources = new();
        SourcesCopy.Make(sources.Path, "cli", "functions", "shared", "local", "data", "docs");
        ToolResult packed = await Tool.RunAsync(
            "dotnet", sources.Path, ["pack", "cli", "-c", "Release", "-o", "out", SourcesCopy.WithoutAnalyzers]);
        packed.ExitCode.ShouldBe(0, packed.Output + packed.Errors);
        string packages = Path.Combine(sources.Path, "out");
        new FileInfo(Directory.GetFiles(packages).ShouldHaveSingleItem()).Length.ShouldBeLessThan(MaxMegabytes * 1_000_000);

        // No other source than the folder, so that nothing in the package is a wish.
        using TemporaryFolder empty = new();
        string config = Path.Combine(sources.Path, "only.config");
        await File.WriteAllTextAsync(
            config, $"<configuration><packageSources><clear /><add key=\"here\" value=\"{packages}\" /></packageSources></configuration>",
            Cancellation);
        string tools = Path.Combine(sources.Path, "tools");
        ToolResult installed = await Tool.RunAsync(
            "dotnet", empty.Path, ["tool", "install", "pelnas", "--tool-path", tools, "--configfile", config]);
        installed.ExitCode.ShouldBe(0, installed.Output + installed.Errors);

        string program = Path.Combine(tools, OperatingSystem.IsWindows() ? "pelnas.exe" : "pelnas");
        ToolResult searched = await Tool.RunAsync(
            program, empty.Path,
            ["search", "--dataset", "cifar10", "--device", "fpga", "--generations", "2", "--max-labels", "20", "--data",
                "kept", "--output", "found"]);
        searched.ExitCode.ShouldBe(0, searched.Output + searched.Errors);
        File.Exists(Path.Combine(empty.Path, "found", "report.html")).ShouldBeTrue();

        ToolResult proxies = await Tool.RunAsync(program, empty.Path, ["proxies", "--index", "1"]);
        proxies.ExitCode.ShouldBe(1);
        proxies.Errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("'dotnet run -c Release --project cli --'");
    }
}
