using System.Text.RegularExpressions;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Cli.Tests.Searching;

public sealed class SearchTests(UndisturbedSearch undisturbed) : PelnasTest, IClassFixture<UndisturbedSearch>
{
    private static readonly string[] ReadmeSearch = ["--dataset", "cifar10", "--device", "fpga", "--seed", "1"];

    [Fact]
    public async Task The_search_of_the_readme_finds_a_good_front_and_the_same_one_again()
    {
        Finished finished =
            await Pelnas.RunProcessAsync(["search", "--data", Pelnas.Data, "--output", Pelnas.In("first"), .. ReadmeSearch]);
        await Pelnas.SearchAsync("second", ReadmeSearch);

        finished.ShouldSucceed();
        string[] lines = finished.Output.Split('\n');
        lines[0].ShouldStartWith("run 2");
        lines.Count(line => line.StartsWith("gen ", StringComparison.Ordinal)).ShouldBe(11);
        finished.Output.ShouldContain("no LLM was asked");
        finished.Output.ShouldContain("proposer calls ");
        finished.Output.ShouldContain("*: the knee of the front");
        Wording(finished.Output).ShouldBe(Wording(Readme.BlockAfter("## Expected output")));

        JsonObject result = ResultDocument.Read(Pelnas.In("first"));
        result["proposer"]!.GetValue<string>().ShouldBe("offline");
        result.Count("labels").ShouldBeLessThanOrEqualTo(120);
        result.Metric("hypervolumeRatio").ShouldBeGreaterThanOrEqualTo(0.985);
        result.Metric("igd").ShouldBeLessThanOrEqualTo(0.03);
        ResultDocument.Comparable(Pelnas.In("second")).ShouldBe(ResultDocument.Comparable(Pelnas.In("first")));
        File.Exists(Pelnas.In("first", "front.csv")).ShouldBeTrue();
        (await File.ReadAllTextAsync(Pelnas.In("first", "report.html"), Cancellation)).ShouldContain(result["runId"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_metrics_equal_those_recomputed_from_the_front_and_the_tables()
    {
        await Pelnas.SearchAsync(
            "out", "--dataset", "cifar100", "--device", "eyeriss", "--seed", "4", "--max-labels", "60", "--generations", "4");

        JsonObject result = ResultDocument.Read(Pelnas.In("out"));
        BenchmarkContext context = BenchmarkTables.OpenDefault().GetContext("cifar100", "eyeriss");
        int[] front = [.. result["front"]!.AsArray().Select(point => point!["index"]!.GetValue<int>())];
        PlainMetrics expected = PlainMetrics.Of(context, front);
        result.Metric("hypervolume").ShouldBe(expected.Hypervolume, 1e-9);
        result.Metric("hypervolumeRatio").ShouldBe(expected.HypervolumeRatio, 1e-9);
        result.Metric("igd").ShouldBe(expected.Igd, 1e-9);
        result.Metric("frontHitRate").ShouldBe(expected.FrontHitRate, 1e-9);
        result.Metric("trueFrontSize").ShouldBe(expected.TrueFrontSize);
        JsonArray generations = result["generations"]!.AsArray();
        generations[^1]!["igd"]!.GetValue<double>().ShouldBe(expected.Igd, 1e-9);
        generations[^1]!["frontHitRate"]!.GetValue<double>().ShouldBe(expected.FrontHitRate, 1e-9);
        generations[0]!["igd"]!.GetValue<double>().ShouldBeGreaterThan(expected.Igd);
        foreach (JsonNode? point in result["front"]!.AsArray())
        {
            int index = point!["index"]!.GetValue<int>();
            point["accuracy"]!.GetValue<double>().ShouldBe(context.ValidationAccuracy[index]);
            point["validationAccuracy"]!.GetValue<double>().ShouldBe(context.ValidationAccuracy[index]);
            point["testAccuracy"]!.GetValue<double>().ShouldBe(context.TestAccuracy[index]);
            point["latencyMs"]!.GetValue<double>().ShouldBe(context.LatencyMs[index]);
            point["architecture"]!.GetValue<string>().ShouldBe(context.Space.Format(index));
        }
    }

    [Fact]
    public async Task All_eight_contexts_run_and_reach_the_bar_on_average()
    {
        List<double> ratios = [];
        await Parallel.ForEachAsync(ContextGroups.Find(ContextGroups.FirstEight)!, new ParallelOptions
        {
            MaxDegreeOfParallelism = 2,
            CancellationToken = Cancellation,
        }, async (context, _) =>
        {
            string output = $"{context.Dataset}-{context.Device}";
            Finished finished = await Pelnas.SearchAsync(output, "--dataset", context.Dataset, "--device", context.Device, "--seed", "1");
            finished.ShouldSucceed();
            JsonObject result = ResultDocument.Read(Pelnas.In(output));
            result.Count("labels").ShouldBeLessThanOrEqualTo(120);
            lock (ratios)
            {
                ratios.Add(result.Metric("hypervolumeRatio"));
            }
        });

        ratios.Count.ShouldBe(8);
        ratios.Average().ShouldBeGreaterThanOrEqualTo(0.98);
    }

    [Theory]
    [InlineData("run ")]
    [InlineData("gen  0/")]
    [InlineData("gen  2/")]
    [InlineData("gen  3/")]
    public async Task A_killed_search_is_resumed_to_the_same_end_and_pays_no_label_twice(string killedAfter)
    {
        string output = await Pelnas.KillAfterAsync(
            killedAfter, ["search", "--data", Pelnas.Data, "--output", Pelnas.In("killed"), .. UndisturbedSearch.Arguments]);
        string run = output.Split('\n')[0]["run ".Length..];

        Finished resumed = (await Pelnas.SearchAsync("resumed", "--resume", run)).ShouldSucceed();
        resumed.Output.Split('\n')[0].ShouldBe($"run {run}");
        ResultDocument.Comparable(Pelnas.In("resumed")).ShouldBe(undisturbed.Result);
    }

    [Fact]
    public async Task A_history_that_holds_no_search_cannot_be_resumed()
    {
        // As a kill leaves it between the creation of the file and the first record.
        Directory.CreateDirectory(Path.Combine(Pelnas.Data, "searches"));
        await File.WriteAllBytesAsync(Path.Combine(Pelnas.Data, "searches", "20260101-000000-empty.db"), [], Cancellation);

        Finished finished = await Pelnas.SearchAsync("out", "--resume", "20260101-000000-empty");

        finished.ShouldBeRefused("pelnas: The search 20260101-000000-empty was stopped before anything of it was recorded", exitCode: 1);
    }

    [Fact]
    public async Task A_damaged_history_is_named_in_one_line()
    {
        string history = Path.Combine(Pelnas.Data, "searches", "20260101-000000-damaged.db");
        Directory.CreateDirectory(Path.GetDirectoryName(history)!);
        await File.WriteAllTextAsync(history, new string('x', 9000), Cancellation);

        Finished finished = await Pelnas.SearchAsync("out", "--resume", "20260101-000000-damaged");

        finished.ShouldBeRefused($"pelnas: The history file '{history}' is damaged or not a history file.", exitCode: 1);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_named_in_one_line()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a folder that not even root may write to.");

        Finished finished = await Pelnas.RunAsync(
            "search", "--data", "/proc/pelnas", "--output", Pelnas.In("out"), "--dataset", "cifar10", "--device", "fpga");

        finished.ShouldBeRefused("pelnas: The history file '/proc/pelnas/searches/", exitCode: 1);
        Directory.Exists(Pelnas.In("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_damaged_store_is_named_in_one_line()
    {
        Directory.CreateDirectory(Pelnas.Data);
        await File.WriteAllTextAsync(Path.Combine(Pelnas.Data, "store.db"), new string('x', 9000), Cancellation);

        Finished finished = await Pelnas.SearchAsync("out", "--dataset", "cifar10", "--device", "fpga");

        finished.ShouldFail(1, Path.Combine(Pelnas.Data, "store.db"));
        finished.Errors.TrimEnd('\n').ShouldNotContain('\n');
        finished.Errors.ShouldContain($"When that is mended, resume with: pelnas search --resume {finished.RunId}");
    }

    [Fact]
    public async Task A_finished_run_can_be_shown_again()
    {
        Finished finished = await Pelnas.SearchAsync(
            "out", "--dataset", "cifar10", "--device", "pixel3", "--generations", "1", "--max-labels", "12");

        Finished again = (await Pelnas.SearchAsync("again", "--resume", finished.RunId)).ShouldSucceed();
        (await File.ReadAllTextAsync(Pelnas.In("again", "result.json"), Cancellation))
            .ShouldBe(await File.ReadAllTextAsync(Pelnas.In("out", "result.json"), Cancellation));
    }

    [Fact]
    public async Task With_json_stdout_is_the_result_and_nothing_else()
    {
        Finished finished = await Pelnas.SearchAsync(
            "out", "--dataset", "cifar10", "--device", "raspi4", "--generations", "1", "--max-labels", "12", "--json");

        using JsonDocument printed = JsonDocument.Parse(finished.Output);
        printed.RootElement.GetProperty("counts").GetProperty("labels").GetInt32().ShouldBe(12);
        finished.Errors.ShouldStartWith("run ");
    }

    [Fact]
    public async Task Limits_hold_for_every_point_of_the_front()
    {
        Finished finished = await Pelnas.SearchAsync(
            "out", "--dataset", "cifar10", "--device", "pixel3", "--max-latency-ms", "9", "--max-params-m", "0.4",
            "--max-labels", "40", "--generations", "3");

        JsonArray front = ResultDocument.Read(Pelnas.In("out"))["front"]!.AsArray();
        front.Count.ShouldBeGreaterThan(1);
        front.ShouldAllBe(point => point!["latencyMs"]!.GetValue<double>() <= 9 && point["paramsM"]!.GetValue<double>() <= 0.4);
        finished.Output.ShouldContain(
            "the exact front is that of the architectures within the limits: latency up to 9 ms, up to 0.4 million parameters");
    }

    [Fact]
    public async Task Where_the_limits_leave_fewer_functions_than_labels_each_is_paid_once_and_the_search_says_why_it_stopped()
    {
        Finished finished = await Pelnas.SearchAsync(
            "out", "--dataset", "cifar10", "--device", "fpga", "--max-latency-ms", "1.2", "--max-labels", "30", "--generations", "3");
        finished.ShouldSucceed();
        finished.Output.ShouldContain("stopped by exhausted: every function within the limits is labelled\n");
        finished.Output.ShouldContain("labels 4 of 30,");
        ResultDocument.Read(Pelnas.In("out"))["stopReason"]!.GetValue<string>().ShouldBe("exhausted");
    }

    [Fact]
    public async Task A_limit_on_calls_stops_the_search_before_it_is_exceeded()
    {
        await Pelnas.SearchAsync("out", "--dataset", "cifar10", "--device", "fpga", "--max-llm-calls", "30");

        JsonObject result = ResultDocument.Read(Pelnas.In("out"));

        // Two in each of six partitions, then in five: the first has no function left to ask for.
        result.Count("llmCalls").ShouldBe(12 + 10);
        result["stopReason"]!.GetValue<string>().ShouldBe("llm-calls");
    }

    [Fact]
    public async Task Switching_the_heuristics_off_changes_what_is_proposed()
    {
        await Pelnas.SearchAsync("on", "--dataset", "cifar10", "--device", "fpga", "--generations", "2", "--max-labels", "40");
        await Pelnas.SearchAsync(
            "off", "--dataset", "cifar10", "--device", "fpga", "--generations", "2", "--max-labels", "40", "--no-heuristics");

        JsonObject on = ResultDocument.Read(Pelnas.In("on"));
        JsonObject off = ResultDocument.Read(Pelnas.In("off"));
        on["partitions"]!.AsArray().ShouldContain(partition => partition!["heuristics"]!.AsArray().Count > 0);
        off["partitions"]!.AsArray().ShouldAllBe(partition => partition!["heuristics"]!.AsArray().Count == 0);
        off.Count("llmCalls").ShouldBe(6 + 5);
        off["front"]!.ToJsonString().ShouldNotBe(on["front"]!.ToJsonString());
    }

    /// <summary>What is printed below the front, without its figures, which differ between processors, and the path at its end.</summary>
    private static string Wording(string output)
    {
        string below = output[output.IndexOf("cell: ", StringComparison.Ordinal)..output.IndexOf("\nreport ", StringComparison.Ordinal)];
        return Regex.Replace(below, @"\d+([.,]\d+)*", "0");
    }
}
