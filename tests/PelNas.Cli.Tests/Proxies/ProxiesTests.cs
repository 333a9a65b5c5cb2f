namespace PelNas.Cli.Tests.Proxies;

/// <summary><c>pelnas proxies</c>.</summary>
public sealed class ProxiesTests : PelnasTest
{
    private static readonly string[] Small = ["--channels", "2", "--cells", "1", "--batch", "8"];

    [Fact]
    public async Task Two_processes_that_start_at_once_print_the_same_thirteen_scores()
    {
        string[] arguments = ["proxies", "--index", "6111", "--json", .. Small];
        Finished[] finished = await Task.WhenAll(Pelnas.RunProcessAsync(arguments), Pelnas.RunProcessAsync(arguments));
        finished.ShouldAllBe(process => process.ExitCode == 0 && process.Errors.Length == 0);
        finished[1].Output.ShouldBe(finished[0].Output);
        JsonElement scores = JsonDocument.Parse(finished[0].Output).RootElement.GetProperty("scores");
        scores.EnumerateObject().Count().ShouldBe(13);
        scores.GetProperty("synflow").GetProperty("value").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_table_that_was_cut_short_is_gone_on_with_and_ends_the_same()
    {
        string whole = Pelnas.In("whole.csv");
        (await RunAllAsync(whole)).Output.ShouldContain("5220 rows, 5220 computed now");
        string[] lines = await File.ReadAllLinesAsync(whole, Cancellation);
        lines.Length.ShouldBe(5221);
        lines[0].ShouldBe("index,params,l2_norm");

        string cut = Pelnas.In("cut.csv");
        File.Copy(whole + ".settings.json", cut + ".settings.json");
        await File.WriteAllTextAsync(cut, string.Join('\n', lines[..5154]) + "\n15,0.0", Cancellation);
        (await RunAllAsync(cut)).Output.ShouldContain("5220 rows, 67 computed now");
        (await File.ReadAllTextAsync(cut, Cancellation)).ShouldBe(await File.ReadAllTextAsync(whole, Cancellation));

        // A header that was cut short, or a file that was only created, is begun again; another's rows are refused and kept.
        await File.WriteAllTextAsync(cut, "index,par", Cancellation);
        (await RunAllAsync(cut)).Output.ShouldContain("5220 rows, 5220 computed now");
        (await File.ReadAllTextAsync(cut, Cancellation)).ShouldBe(await File.ReadAllTextAsync(whole, Cancellation));
        string damaged = string.Join('\n', lines[..3]) + "\nseven,1,2\n";
        await File.WriteAllTextAsync(cut, damaged, Cancellation);
        Finished refused = await RunAllAsync(cut);
        refused.ExitCode.ShouldBe(2);
        refused.Errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("line 4 of");
        (await File.ReadAllTextAsync(cut, Cancellation)).ShouldBe(damaged);

        Finished other = await Pelnas.RunAsync(
            "proxies", "--all", "--output", cut, "--proxies", "params,l2_norm", "--channels", "3", "--cells", "1", "--batch", "8");
        other.ShouldFail(2, "--output");
    }

    [Theory]
    [InlineData("--index N or --all", "proxies")]
    [InlineData("--index: '15625' is no architecture: give an index from 0 to 15624", "proxies", "--index", "15625")]
    [InlineData("--channels: 65", "proxies", "--index", "1", "--channels", "65")]
    [InlineData("--batch: 7", "proxies", "--index", "1", "--batch", "7")]
    [InlineData("--proxies: 'naswot'", "proxies", "--index", "1", "--proxies", "naswot")]
    [InlineData("--output is missing", "proxies", "--all")]
    [InlineData("--index: 'abc' is no architecture: give an index from 0 to 15624", "proxies", "--index", "abc")]
    [InlineData("--cells: 'two' is not allowed; give a whole number from 1 to 20", "proxies", "--index", "1", "--cells", "two")]
    [InlineData("--output goes with --all only", "proxies", "--index", "1", "--output", "x.csv")]
    [InlineData("--workers goes with --all only", "proxies", "--index", "1", "--workers", "2")]
    [InlineData("--json goes with --index only", "proxies", "--all", "--output", "x.csv", "--json")]
    public async Task Bad_usage_names_the_option(string expected, params string[] arguments)
    {
        (await Pelnas.RunAsync(arguments)).ShouldFail(2, expected);
    }

    [Fact]
    public async Task A_folder_of_images_that_is_none_is_named()
    {
        Finished finished = await Pelnas.RunAsync(["proxies", "--index", "1", "--images", Pelnas.Folder, .. Small]);
        finished.ShouldFail(1, "has no images that can be read: give one with idx files");
    }

    [Fact]
    public async Task A_machine_with_more_processors_than_workers_are_allowed_needs_no_option()
    {
        Pelnas.Environment["DOTNET_PROCESSOR_COUNT"] = "100";
        Finished finished = (await RunAllAsync(Pelnas.In("table.csv"))).ShouldSucceed();
        finished.Output.ShouldContain("5220 computed now");
    }

    private Task<Finished> RunAllAsync(string path)
        => Pelnas.RunAsync(["proxies", "--all", "--output", path, "--proxies", "params,l2_norm", .. Small]);
}
