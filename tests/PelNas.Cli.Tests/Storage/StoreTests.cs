using PelNas.Tests.Azurite;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace PelNas.Cli.Tests.Storage;

/// <summary>The verbs that choose and move stores.</summary>
public sealed class StoreTests(AzuriteFixture azurite) : PelnasTest
{
    [Fact]
    public async Task A_search_in_tables_finds_what_one_in_the_embedded_store_finds_and_moves_there_by_file_and_by_copy()
    {
        string account = (await azurite.Server).ConnectionString();
        string[] search = ["--dataset", "cifar10", "--device", "fpga", "--seed", "3", "--generations", "2", "--max-labels", "12"];
        (await Pelnas.SearchAsync("embedded", search)).ShouldSucceed();
        Finished inTables = await Pelnas.RunAsync(
            ["search", "--data", Path("tables"), "--store", account, "--output", Path("in-tables"), .. search]);
        inTables.ShouldSucceed();
        ResultDocument.Comparable(Path("in-tables")).ShouldBe(ResultDocument.Comparable(Path("embedded")));
        File.Exists(Path("tables/store.db")).ShouldBeFalse();

        // From the tables to a file and from there to a new embedded store.
        string run = ResultDocument.Read(Path("in-tables"))["runId"]!.GetValue<string>();
        await ShouldSucceedAsync($"exported {run}", "export", run, "--store", account, "--file", Path("first.json"));
        await ShouldSucceedAsync($"imported {run}", "import", Path("first.json"), "--data", Path("second"));
        await ShouldSucceedAsync($"exported {run}", "export", run, "--data", Path("second"), "--file", Path("second.json"));
        (await File.ReadAllTextAsync(Path("second.json"), Cancellation))
            .ShouldBe(await File.ReadAllTextAsync(Path("first.json"), Cancellation));

        // Cells in another order, each with the notation of its index, are as good by themselves.
        JsonNode permuted = JsonNode.Parse(await File.ReadAllTextAsync(Path("first.json"), Cancellation))!;
        JsonArray labels = permuted["labels"]![0]!["candidates"]!.AsArray();
        (labels[0]!["accuracy"], labels[1]!["accuracy"]) = (labels[1]!["accuracy"]!.DeepClone(), labels[0]!["accuracy"]!.DeepClone());
        await File.WriteAllTextAsync(Path("permuted.json"), permuted.ToJsonString(), Cancellation);
        (await Pelnas.RunAsync("import", Path("permuted.json"), "--data", Path("fourth")))
            .ShouldFail(1, $"labels[].candidates[].accuracy of the cell {labels[0]!["index"]} is ");
        (await Pelnas.RunAsync("import", Path("first.json"), "--data", Path("second"))).ShouldFail(1, $"has a run {run} already");

        // The embedded store with the other run to the tables, and both back.
        await ShouldSucceedAsync(
            "copied 1 runs, 0 sweeps and 0 latency tables; 0 runs were there already",
            "store", "copy", "--from", Pelnas.Data, "--to", account);
        await ShouldSucceedAsync(
            "copied 2 runs, 0 sweeps and 0 latency tables; 0 runs were there already",
            "store", "copy", "--from", account, "--to", Path("third"));
        await ShouldSucceedAsync(
            "copied 0 runs, 0 sweeps and 0 latency tables; 2 runs were there already",
            "store", "copy", "--from", account, "--to", Path("third"));
        await ShouldSucceedAsync($"exported {run}", "export", run, "--data", Path("third"), "--file", Path("third.json"));
        JsonNode.DeepEquals(JsonNode.Parse(await File.ReadAllTextAsync(Path("third.json"), Cancellation)),
            JsonNode.Parse(await File.ReadAllTextAsync(Path("first.json"), Cancellation))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_bad_setting_of_the_environment_is_told_with_the_page_that_has_it()
    {
        Pelnas.Environment["PelNas__Storage__TableServiceUri"] = "http://mine.example";
        (await Pelnas.RunAsync("search", "--dataset", "cifar10", "--device", "fpga"))
            .ShouldBeRefused(", without a query. See docs/configuration.md.");
    }

    [Theory]
    [InlineData("search --dataset cifar10 --device fpga --store somewhere", "--store: give the address of a table service")]
    [InlineData(
        "search --dataset cifar10 --device fpga --store http://mine.table.core.windows.net", "is not an address of a table service")]
    [InlineData("serve --store AccountName=mine;AccountKey=c2VjcmV0", "is not one of the emulator")]
    [InlineData("export 20260101-120000-a --store http://mine.example", "is not an address of a table service")]
    [InlineData("export nonsense", "'nonsense' is not a run id")]
    [InlineData("store copy --from a --to a", "name the same store")]
    [InlineData("store copy --from a --to ./a", "name the same store")]
    [InlineData("store copy --from a --to a/../a/store.db", "name the same store")]
    [InlineData("store copy --from a --to a", "See 'pelnas store copy --help'")]
    [InlineData("export 20260101-120000-a --data nowhere", "--data: there is no store")]
    [InlineData("store copy --from nowhere --to there", "there is no store")]
    [InlineData("store copy --from a", "--to")]
    public async Task Bad_usage_is_refused_in_one_line(string arguments, string problem)
    {
        Finished finished = await Pelnas.RunAsync(arguments.Split(' '));
        finished.ShouldBeRefused(problem);
        finished.Errors.ShouldNotContain("c2VjcmV0");
        Directory.Exists(Path("nowhere")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("{}", "is not an exported run")]
    [InlineData("", "is not an exported run")]
    [InlineData(
        "{\"formatVersion\":4,\"space\":\"nas-bench-201\",\"indexOrder\":\"as published with NAS-Bench-201-v1_1\","
        + "\"run\":{\"runId\":\"20260101-120000-a\",\"request\":{},\"partitions\":[null],\"proposer\":\"offline\",\"predictor\":\"p\","
        + "\"startedAt\":\"2026-01-01T12:00:00Z\"},\"heuristics\":[],\"proposals\":[],\"scores\":[],\"labels\":[],\"fronts\":[],"
        + "\"spending\":[]}",
        "holds what no store takes: $.run.partitions holds null. Export the run again.")]
    public async Task A_file_that_is_no_exported_run_is_refused(string content, string problem)
    {
        await File.WriteAllTextAsync(Path("run.json"), content, Cancellation);
        (await Pelnas.RunAsync("import", Path("run.json"), "--data", Pelnas.Data)).ShouldFail(1, problem);
    }

    [Fact]
    public async Task A_run_that_is_not_there_cannot_be_exported()
    {
        string[] search = ["--dataset", "cifar10", "--device", "fpga", "--seed", "3", "--generations", "1", "--max-labels", "6"];
        (await Pelnas.SearchAsync("embedded", search)).ShouldSucceed();
        Finished finished = await Pelnas.RunAsync("export", "20260101-120000-a", "--data", Pelnas.Data, "--file", Path("run.json"));
        finished.ShouldFail(1, "There is no run '20260101-120000-a'");
        File.Exists(Path("run.json")).ShouldBeFalse();
    }

    private string Path(string name) => Pelnas.In(name);

    private async Task ShouldSucceedAsync(string line, params string[] arguments)
        => (await Pelnas.RunAsync(arguments)).ShouldSucceed().Output.ShouldContain(line);
}
