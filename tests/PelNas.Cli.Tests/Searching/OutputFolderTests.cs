namespace PelNas.Cli.Tests.Searching;

public sealed class OutputFolderTests : PelnasTest
{
    private static readonly string[] Short = ["--dataset", "cifar10", "--device", "fpga", "--generations", "1", "--max-labels", "6"];

    [Fact]
    public async Task The_result_of_another_run_is_overwritten_only_when_told_to()
    {
        (await Pelnas.SearchAsync("out", Short)).ExitCode.ShouldBe(0);
        string first = ResultDocument.Read(In("out"))["runId"]!.GetValue<string>();

        Finished refused = await Pelnas.SearchAsync("out", Short);
        refused.ExitCode.ShouldBe(2);
        refused.Errors.ShouldContain($"holds the result of the run {first}; give another folder, or --overwrite");
        ResultDocument.Read(In("out"))["runId"]!.GetValue<string>().ShouldBe(first);

        // Its own result is no other's, and it goes where it went the first time.
        (await Pelnas.RunAsync("search", "--resume", first, "--data", Pelnas.Data)).ExitCode.ShouldBe(0);
        (await Pelnas.SearchAsync("out", [.. Short, "--overwrite"])).ExitCode.ShouldBe(0);
        ResultDocument.Read(In("out"))["runId"]!.GetValue<string>().ShouldNotBe(first);
        (await Pelnas.RunAsync("benchmark", "--output", In("out"))).Errors.ShouldContain("holds the result of a search");
    }

    [Theory]
    [InlineData("benchmark.csv", "holds a benchmark")]
    [InlineData("report.html", "holds another report.html")]
    [InlineData("result.json", "holds another result.json")]
    public async Task What_is_not_of_the_run_is_left_alone(string name, string problem)
    {
        Directory.CreateDirectory(In("out"));
        await File.WriteAllTextAsync(Path.Combine(In("out"), name), "mine", Cancellation);

        Should.Throw<UsageException>(() => OutputFolder.Claim(In("out"), "20260101-120000-a", overwrite: false)).Message.ShouldContain(
            problem);
        OutputFolder.Claim(In("out"), "20260101-120000-a", overwrite: true).Dispose();
    }

    [Fact]
    public void A_folder_is_one_search_s_at_a_time()
    {
        IDisposable held = OutputFolder.Claim(In("out"), "20260101-120000-a", overwrite: false);
        Should.Throw<UsageException>(() => OutputFolder.Claim(In("out"), "20260101-120000-b", overwrite: true)).Message.ShouldContain(
            "another process is writing");
        held.Dispose();
        OutputFolder.Claim(In("out"), "20260101-120000-b", overwrite: false).Dispose();
    }

    [Fact]
    public async Task An_export_goes_through_stdout_and_stdin()
    {
        (await Pelnas.SearchAsync("out", Short)).ExitCode.ShouldBe(0);
        string run = ResultDocument.Read(In("out"))["runId"]!.GetValue<string>();

        Finished exported = await Pelnas.RunProcessAsync("export", run, "--data", Pelnas.Data, "--file", "-");
        JsonNode.Parse(exported.Output)!["run"]!["runId"]!.GetValue<string>().ShouldBe(run);

        await File.WriteAllTextAsync(In("run.json"), exported.Output, Cancellation);
        Finished imported = await Pelnas.RunScriptAsync("(pelnas import - --data copy < run.json)");
        imported.Output.ShouldBe($"imported {run} from -\n", imported.Errors);
    }

    private string In(string name) => Path.Combine(Pelnas.Folder, name);
}
