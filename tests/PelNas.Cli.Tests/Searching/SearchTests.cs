using System.Text.RegularExpressions;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Cli.Tests.Searching;

public sealed class SearchTests(UndisturbedSearch undisturbed) : IClassFixture<UndisturbedSearch>, IDisposable
{
    private static readonly string[] ReadmeSearch = ["--dataset", "cifar10", "--device", "fpga", "--seed", "1"];

    private readonly Pelnas _pelnas = new();

    [Fact]
    public async Task The_search_of_the_readme_finds_a_good_front_and_the_same_one_again()
    {
        Finished finished = await _pelnas.RunProcessAsync(
            ["search", "--data", _pelnas.Data, "--output", Path.Combine(_pelnas.Folder, "first"), .. ReadmeSearch]);
        await _pelnas.SearchAsync("second", ReadmeSearch);

        finished.ExitCode.ShouldBe(0, finished.Errors);
        string[] lines = finished.Output.Split('\n');
        lines[0].ShouldStartWith("run 2");
        lines.Count(line => line.StartsWith("gen ", StringComparison.Ordinal)).ShouldBe(11);
        finished.Output.ShouldContain("no LLM was asked");
        finished.Output.ShouldContain("proposer calls ");
        finished.Output.ShouldContain("*: the knee of the front");
        Wording(finished.Output).ShouldBe(Wording(Readme.BlockAfter("## Expected output")));

        JsonObject result = ResultDocument.Read(Path.Combine(_pelnas.Folder, "first"));
        result["proposer"]!.GetValue<string>().ShouldBe("offline");
        result.Count("labels").ShouldBeLessThanOrEqualTo(120);
        result.Metric("hypervolumeRatio").ShouldBeGreaterThanOrEqualTo(0.985);
        result.Metric("igd").ShouldBeLessThanOrEqualTo(0.03);
        ResultDocument.Comparable(Path.Combine(_pelnas.Folder, "second"))
            .ShouldBe(ResultDocument.Comparable(Path.Combine(_pelnas.Folder, "first")));
        File.Exists(Path.Combine(_pelnas.Folder, "first", "front.csv")).ShouldBeTrue();
        (await File.ReadAllTextAsync(Path.Combine(_pelnas.Folder, "first", "report.html"), Cancellation))
            .ShouldContain(result["runId"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_metrics_equal_those_recomputed_from_the_front_and_the_tables()
    {
        await _pelnas.SearchAsync(
            "out", "--dataset", "cifar100", "--device", "eyeriss", "--seed", "4", "--max-labels", "60", "--generations", "4");

        JsonObject result = ResultDocument.Read(Path.Combine(_pelnas.Folder, "out"));
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
            Finished finished = await _pelnas.SearchAsync(output, "--dataset", context.Dataset, "--device", context.Device, "--seed", "1");
            finished.ExitCode.ShouldBe(0, finished.Errors);
            JsonObject result = ResultDocument.Read(Path.Combine(_pelnas.Folder, output));
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
        string output = await _pelnas.KillAfterAsync(
            killedAfter,
            ["search", "--data", _pelnas.Data, "--output", Path.Combine(_pelnas.Folder, "killed"), .. UndisturbedSearch.Arguments]);
        string run = output.Split('\n')[0]["run ".Length..];
        File.Exists(Path.Combine(_pelnas.Folder, "killed", "result.json")).ShouldBeFalse();

        Finished resumed = await _pelnas.SearchAsync("resumed", "--resume", run);

        resumed.ExitCode.ShouldBe(0, resumed.Errors);
        resumed.Output.Split('\n')[0].ShouldBe($"run {run}");
        ResultDocument.Comparable(Path.Combine(_pelnas.Folder, "resumed")).ShouldBe(undisturbed.Result);
    }

    [Fact]
    public async Task A_history_that_holds_no_search_cannot_be_resumed()
    {
        // As a kill leaves it between the creation of the file and the first record.
        Directory.CreateDirectory(Path.Combine(_pelnas.Data, "searches"));
        await File.WriteAllBytesAsync(Path.Combine(_pelnas.Data, "searches", "20260101-000000-empty.db"), [], Cancellation);

        Finished finished = await _pelnas.SearchAsync("out", "--resume", "20260101-000000-empty");

        finished.ExitCode.ShouldBe(1);
        finished.Output.ShouldBeEmpty();
        finished.Errors.ShouldStartWith("pelnas: The search 20260101-000000-empty was stopped before anything of it was recorded");
        finished.Errors.TrimEnd('\n').ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_damaged_history_is_named_in_one_line()
    {
        string history = Path.Combine(_pelnas.Data, "searches", "20260101-000000-damaged.db");
        Directory.CreateDirectory(Path.GetDirectoryName(history)!);
        await File.WriteAllTextAsync(history, new string('x', 9000), Cancellation);

        Finished finished = await _pelnas.SearchAsync("out", "--resume", "20260101-000000-damaged");

        finished.ExitCode.ShouldBe(1);
        finished.Output.ShouldBeEmpty();
        finished.Errors.ShouldStartWith($"pelnas: The history file '{history}' is damaged or not a history file.");
        finished.Errors.TrimEnd('\n').ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_named_in_one_line()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a folder that not even root may write to.");

        Finished finished = await _pelnas.RunAsync(
            "search", "--data", "/proc/pelnas", "--output", Path.Combine(_pelnas.Folder, "out"), "--dataset",
            "cifar10", "--device", "fpga");

        finished.ExitCode.ShouldBe(1);
        finished.Output.ShouldBeEmpty();
        finished.Errors.ShouldStartWith("pelnas: The history file '/proc/pelnas/searches/");
        finished.Errors.TrimEnd('\n').ShouldNotContain('\n');
        Directory.Exists(Path.Combine(_pelnas.Folder, "out")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_damaged_store_is_named_in_one_line()
    {
        Directory.CreateDirectory(_pelnas.Data);
        await File.WriteAllTextAsync(Path.Combine(_pelnas.Data, "store.db"), new string('x', 9000), Cancellation);

        Finished finished = await _pelnas.SearchAsync("out", "--dataset", "cifar10", "--device", "fpga");

        finished.ExitCode.ShouldBe(1);
        finished.Errors.ShouldContain(Path.Combine(_pelnas.Data, "store.db"));
        finished.Errors.TrimEnd('\n').ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_finished_run_can_be_shown_again()
    {
        Finished finished = await _pelnas.SearchAsync(
            "out", "--dataset", "cifar10", "--device", "pixel3", "--generations", "1", "--max-labels", "12");

        Finished again = await _pelnas.SearchAsync("again", "--resume", finished.Output.Split('\n')[0]["run ".Length..]);

        again.ExitCode.ShouldBe(0, again.Errors);
        (await File.ReadAllTextAsync(Path.Combine(_pelnas.Folder, "again", "result.json"), Cancellation))
            .ShouldBe(await File.ReadAllTextAsync(Path.Combine(_pelnas.Folder, "out", "result.json"), Cancellation));
    }

    [Fact]
    public async Task With_json_stdout_is_the_result_and_nothing_else()
    {
        Finished finished = await _pelnas.SearchAsync(
            "out", "--dataset", "cifar10", "--device", "raspi4", "--generations", "1", "--max-labels", "12", "--json");

        using JsonDocument printed = JsonDocument.Parse(finished.Output);
        printed.RootElement.GetProperty("counts").GetProperty("labels").GetInt32().ShouldBe(12);
        finished.Errors.ShouldStartWith("run ");
    }

    [Fact]
    public async Task Limits_hold_for_every_point_of_the_front()
    {
        Finished finished = await _pelnas.SearchAsync(
            "out", "--dataset", "cifar10", "--device", "pixel3", "--max-latency-ms", "9", "--max-params-m", "0.4", "--max-labels",
            "40", "--generations", "3");

        JsonArray front = ResultDocument.Read(Path.Combine(_pelnas.Folder, "out"))["front"]!.AsArray();
        front.Count.ShouldBeGreaterThan(1);
        front.ShouldAllBe(point => point!["latencyMs"]!.GetValue<double>() <= 9 && point["paramsM"]!.GetValue<double>() <= 0.4);
        finished.Output.ShouldContain(
            "the exact front is that of the architectures within the limits: latency up to 9 ms, up to 0.4 million parameters");
    }

    [Fact]
    public async Task Where_the_limits_leave_fewer_functions_than_labels_each_is_paid_once_and_the_search_says_why_it_stopped()
    {
        Finished finished = await _pelnas.SearchAsync(
            "out", "--dataset", "cifar10", "--device", "fpga", "--max-latency-ms", "1.2", "--max-labels", "30", "--generations", "3");

        finished.ExitCode.ShouldBe(0, finished.Errors);
        finished.Output.ShouldContain("stopped by exhausted: every function within the limits is labelled\n");
        finished.Output.ShouldContain("labels 4 of 30,");
        ResultDocument.Read(Path.Combine(_pelnas.Folder, "out"))["stopReason"]!.GetValue<string>().ShouldBe("exhausted");
    }

    [Fact]
    public async Task A_limit_on_calls_stops_the_search_before_it_is_exceeded()
    {
        await _pelnas.SearchAsync("out", "--dataset", "cifar10", "--device", "fpga", "--max-llm-calls", "30");

        JsonObject result = ResultDocument.Read(Path.Combine(_pelnas.Folder, "out"));

        // Two in each of six partitions, then in five: the first has no function left to ask for.
        result.Count("llmCalls").ShouldBe(12 + 10);
        result["stopReason"]!.GetValue<string>().ShouldBe("llm-calls");
    }

    [Fact]
    public async Task Switching_the_heuristics_off_changes_what_is_proposed()
    {
        await _pelnas.SearchAsync("on", "--dataset", "cifar10", "--device", "fpga", "--generations", "2", "--max-labels", "40");
        await _pelnas.SearchAsync(
            "off", "--dataset", "cifar10", "--device", "fpga", "--generations", "2", "--max-labels", "40", "--no-heuristics");

        JsonObject on = ResultDocument.Read(Path.Combine(_pelnas.Folder, "on"));
        JsonObject off = ResultDocument.Read(Path.Combine(_pelnas.Folder, "off"));
        on["partitions"]!.AsArray().ShouldContain(partition => partition!["heuristics"]!.AsArray().Count > 0);
        off["partitions"]!.AsArray().ShouldAllBe(partition => partition!["heuristics"]!.AsArray().Count == 0);
        off.Count("llmCalls").ShouldBe(6 + 5);
        off["front"]!.ToJsonString().ShouldNotBe(on["front"]!.ToJsonString());
    }

    public void Dispose() => _pelnas.Dispose();

    /// <summary>What is printed below the front, without its figures, which differ between processors, and the path at its end.</summary>
    private static string Wording(string output)
    {
        string below = output[output.IndexOf("cell: ", StringComparison.Ordinal)..output.IndexOf("\nreport ", StringComparison.Ordinal)];
        return Regex.Replace(below, @"\d+([.,]\d+)*", "0");
    }
}
