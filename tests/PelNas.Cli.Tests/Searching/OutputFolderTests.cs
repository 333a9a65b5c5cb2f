namespace PelNas.Cli.Tests.Searching;

public sealed class OutputFolderTests : PelnasTest
{
    private static readonly string[] Short = ["--dataset", "cifar10", "--device", "fpga", "--generations", "1", "--max-labels", "6"];

    [Fact]
    public async Task The_result_of_another_run_is_overwritten_only_when_told_to()
    {
        (await Pelnas.SearchAsync("out", Short)).ShouldSucceed();
        string first = ResultDocument.Read(Pelnas.In("out"))["runId"]!.GetValue<string>();

        (await Pelnas.SearchAsync("out", Short)).ShouldFail(2, $"holds the result of the run {first}; give another folder, or --overwrite");
        ResultDocument.Read(Pelnas.In("out"))["runId"]!.GetValue<string>().ShouldBe(first);

        // Its own result is no other's, and it goes where it went the first time.
        (await Pelnas.RunAsync("search", "--resume", first, "--data", Pelnas.Data)).ShouldSucceed();
        (await Pelnas.SearchAsync("out", [.. Short, "--overwrite"])).ShouldSucceed();
        ResultDocument.Read(Pelnas.In("out"))["runId"]!.GetValue<string>().ShouldNotBe(first);
        (await Pelnas.RunAsync("benchmark", "--output", Pelnas.In("out"))).Errors.ShouldContain("holds the result of a search");
    }

    [Theory]
    [InlineData("benchmark.csv", "holds a benchmark")]
    [InlineData("report.html", "holds another report.html")]
    [InlineData("result.json", "holds another result.json")]
    public async Task What_is_not_of_the_run_is_left_alone(string name, string problem)
    {
        Directory.CreateDirectory(Pelnas.In("out"));
        await File.WriteAllTextAsync(Pelnas.In("out", name), "mine", Cancellation);

        Should.Throw<UsageException>(() => OutputFolder.Claim(Pelnas.In("out"), "20260101-120000-a", overwrite: false))
            .Message.ShouldContain(problem);
        OutputFolder.Claim(Pelnas.In("out"), "20260101-120000-a", overwrite: true).Dispose();
    }

    [Fact]
    public void A_folder_is_one_search_s_at_a_time()
    {
        IDisposable held = OutputFolder.Claim(Pelnas.In("out"), "20260101-120000-a", overwrite: false);
        Should.Throw<UsageException>(() => OutputFolder.Claim(Pelnas.In("out"), "20260101-120000-b", overwrite: true))
            .Message.ShouldContain("another process is writing");
        held.Dispose();
        OutputFolder.Claim(Pelnas.In("out"), "20260101-120000-b", overwrite: false).Dispose();
    }

    [Fact]
    public void A_lock_that_may_not_be_opened_is_no_other_process()
    {
        // A folder is refused as the file of another user is.
        Directory.CreateDirectory(Pelnas.In("out", ".pelnas.lock"));
        Should.Throw<UsageException>(() => OutputFolder.Claim(Pelnas.In("out"), "20260101-120000-a", overwrite: false))
            .Message.ShouldContain("give a folder that you may write to");
    }

    [Fact]
    public async Task An_export_goes_through_stdout_and_stdin()
    {
        (await Pelnas.SearchAsync("out", Short)).ShouldSucceed();
        string run = ResultDocument.Read(Pelnas.In("out"))["runId"]!.GetValue<string>();

        Finished exported = await Pelnas.RunProcessAsync("export", run, "--data", Pelnas.Data, "--file", "-");
        JsonNode.Parse(exported.Output)!["run"]!["runId"]!.GetValue<string>().ShouldBe(run);

        await File.WriteAllTextAsync(Pelnas.In("run.json"), exported.Output, Cancellation);
        Finished imported = await Pelnas.RunScriptAsync("(pelnas import - --data copy < run.json)");
        imported.Output.ShouldBe($"imported {run} from -\n", imported.Errors);
    }
}
