using Onnx;
using PelNas.Shared.Export;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Cli.Tests.Searching;

/// <summary>Searches that train for their labels, with a tiny budget, on Debian's Fashion-MNIST.</summary>
public sealed class TrainedSearchTests : PelnasTest
{
    private const string FashionMnist = "/usr/share/datasets/fashion-mnist";

    private static readonly string[] Tiny =
    [
        "--images", FashionMnist, "--image-size", "14", "--channels", "4", "--cells", "1", "--epochs", "2",
        "--batch", "32", "--max-images", "400",
        "--max-labels", "8", "--generations", "2", "--proposals", "4",
    ];

    [Fact]
    public async Task A_search_on_this_machine_trains_for_its_labels_and_ends_with_a_measured_front_and_a_model_of_it()
    {
        Assert.SkipUnless(Directory.Exists(FashionMnist), "Needs Debian's dataset-fashion-mnist.");
        Finished measured = await Pelnas.RunAsync(
            "devices", "measure", "here", "--dataset", "fashion-mnist", "--image-size", "14", "--classes", "10", "--image-channels",
            "1", "--channels", "4", "--cells", "1",
            "--samples", "6", "--rounds", "2", "--data", Pelnas.Data);
        measured.ShouldSucceed();

        Finished finished = (await Pelnas.SearchAsync("out", [.. Tiny, "--device", "here", "--verify-front"])).ShouldSucceed();
        finished.Output.ShouldContain("the exact front is not known; hypervolume ");
        JsonElement result = Pelnas.Result("out");
        result.GetProperty("dataset").GetString().ShouldBe("fashion-mnist");
        result.GetProperty("labelsBy").GetString().ShouldBe("training");
        result.GetProperty("metrics").ValueKind.ShouldBe(JsonValueKind.Null);
        result.GetProperty("referenceHypervolume").GetProperty("accuracy").GetDouble().ShouldBe(10);
        result.GetProperty("counts").GetProperty("labels").GetInt32().ShouldBe(8);
        JsonElement best = result.GetProperty("front").EnumerateArray().Last();
        best.GetProperty("accuracy").GetDouble().ShouldBeGreaterThan(15);
        result.GetProperty("front").EnumerateArray().ShouldAllBe(point => point.GetProperty("latencyFrom").GetString() == "measured");

        int index = best.GetProperty("index").GetInt32();
        string run = result.GetProperty("runId").GetString()!;
        string model = Pelnas.In("cell.onnx");
        Finished exported = await Pelnas.RunAsync(
            "model", $"{index}", "--format", "onnx", "--weights", run, "--data", Pelnas.Data, "--output", model);
        exported.ShouldSucceed();
        ExportedCell cell = new(index, new NetworkShape(4, 1, 14, 10, ImageChannels: 1));
        byte[] bytes = await File.ReadAllBytesAsync(model, Cancellation);
        bytes.ShouldBe(
            OnnxNetwork.Write(cell, SafetensorsFile.Read(Path.Combine(Pelnas.Data, "training", run, $"{index}.safetensors"), cell.Layout)));
        ModelProto.Parser.ParseFrom(bytes).Graph.Output.Single().Type.TensorType.Shape.Dim[1].DimValue.ShouldBe(10);
    }

    [Fact]
    public async Task A_search_that_is_killed_while_it_trains_goes_on_to_the_same_front_and_trains_nothing_twice()
    {
        Assert.SkipUnless(Directory.Exists(FashionMnist), "Needs Debian's dataset-fashion-mnist.");
        await Pelnas.SearchAsync("whole", [.. Tiny, "--device", "flops"]);
        string killed = await Pelnas.KillAfterAsync(
            "gen  0", ["search", "--data", Pelnas.Data, "--output", Pelnas.In("no"), .. Tiny, "--device", "flops"]);
        string run = killed.Split('\n')[0]["run ".Length..];
        Dictionary<string, DateTime> trained = new DirectoryInfo(Path.Combine(Pelnas.Data, "training", run)).GetFiles("*.safetensors")
            .ToDictionary(file => file.Name, file => file.LastWriteTimeUtc);
        trained.ShouldNotBeEmpty();

        Finished resumed = (await Pelnas.SearchAsync("resumed", "--resume", run)).ShouldSucceed();
        Front("resumed").ShouldBe(Front("whole"));
        foreach ((string name, DateTime at) in trained)
        {
            File.GetLastWriteTimeUtc(Path.Combine(Pelnas.Data, "training", run, name)).ShouldBe(at, name);
        }
    }

    [Fact]
    public async Task A_server_trains_on_a_folder_that_it_offers_and_on_no_other()
    {
        Assert.SkipUnless(Directory.Exists(FashionMnist), "Needs Debian's dataset-fashion-mnist.");
        Pelnas.Environment["PelNas__Training__Images"] = Path.GetDirectoryName(FashionMnist)!;
        await using Server server = Pelnas.Serve();
        await server.ListenAsync();
        foreach (string other in (string[])["", "..", "../datasets/fashion-mnist", "fashion-mnist/", FashionMnist])
        {
            (HttpStatusCode status, string content) = await server.SendAsync(HttpMethod.Post, "searches", Request(other));
            status.ShouldBe(HttpStatusCode.BadRequest, content);
            content.ShouldContain("labels.training.images");
        }

        string id = (await server.PostAsync("searches", Request("fashion-mnist")))["id"]!.GetValue<string>();
        JsonNode search;
        do
        {
            search = await server.GetAsync($"searches/{id}");
        }
        while (search["status"]!.GetValue<string>() is "pending" or "running");

        search["status"]!.GetValue<string>().ShouldBe("completed", search.ToJsonString());
        JsonNode front = await server.GetAsync($"searches/{id}/front");
        front["labels"]!.GetValue<int>().ShouldBe(4);
        front["front"]!.AsArray().ShouldNotBeEmpty();

        static JsonObject Request(string images) => new()
        {
            ["dataset"] = "clothes",
            ["device"] = "flops",
            ["maxLabels"] = 4,
            ["generations"] = 1,
            ["proposalsPerPartition"] = 4,
            ["labels"] = new JsonObject
            {
                ["by"] = "training",
                ["imageSize"] = 14,
                ["training"] = new JsonObject
                {
                    ["images"] = images,
                    ["channels"] = 2,
                    ["cellsPerStage"] = 1,
                    ["epochs"] = 1,
                    ["maxImages"] = 200,
                },
            },
        };
    }

    [Fact]
    public async Task A_device_that_was_measured_on_images_of_another_size_is_refused()
    {
        await Pelnas.RunAsync(
            "devices", "measure", "here", "--dataset", "tools", "--image-size", "8", "--classes", "4",
            "--channels", "1", "--cells", "1", "--samples", "5", "--rounds", "1", "--data", Pelnas.Data);

        Finished finished = await Pelnas.SearchAsync(
            "out", "--dataset", "tools", "--image-size", "20", "--classes", "4", "--device", "here", "--trainer", "x");

        finished.ShouldFail(2, "was measured for tools on images of 8 pixels, not 20");
    }

    [Fact]
    public async Task A_command_of_the_users_trains_each_cell_once_and_a_failing_one_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is written for sh.");
        string calls = Pelnas.In("calls.txt");
        string command =
            $$"""grep -q Network {model} && echo {index} >> '{{calls}}' && test $(({index} % 5)) -ne 0 && echo training {architecture} && echo "{\"accuracy\": $(({index} % 60 + 30)).5}" """;

        Finished finished = await Pelnas.SearchAsync(
            "out", "--dataset", "tools", "--image-size", "20", "--classes", "4", "--device", "params",
            "--max-labels", "12", "--generations", "2", "--proposals", "4", "--trainer", command, "--parallel", "2", "--json");
        finished.ShouldSucceed();
        JsonElement counts = Pelnas.Result("out").GetProperty("counts");
        int[] trained = [.. (await File.ReadAllLinesAsync(calls, Cancellation)).Select(int.Parse)];
        trained.Where(index => index % 5 != 0).ShouldBeUnique();
        trained.Distinct().Count(index => index % 5 != 0).ShouldBe(counts.GetProperty("labels").GetInt32());
        trained.Distinct().Count(index => index % 5 == 0).ShouldBe(counts.GetProperty("failedLabels").GetInt32());
        (counts.GetProperty("labels").GetInt32() + counts.GetProperty("failedLabels").GetInt32()).ShouldBe(12);
        foreach (JsonElement point in Pelnas.Result("out").GetProperty("front").EnumerateArray())
        {
            point.GetProperty("accuracy").GetDouble().ShouldBe((point.GetProperty("index").GetInt32() % 60) + 30.5);
        }
    }

    [Fact]
    public async Task A_command_that_fails_for_the_first_labels_ends_the_search_and_its_hint_resumes_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is written for sh.");
        string mended = Pelnas.In("mended");
        string command = $$"""test -e '{{mended}}' && echo "{\"accuracy\": $(({index} % 60 + 30))}" """;

        Finished failed = await Pelnas.SearchAsync(
            "out", "--dataset", "tools", "--image-size", "20", "--classes", "4", "--device", "params",
            "--max-labels", "12", "--generations", "2", "--proposals", "4", "--trainer", command, "--parallel", "2");

        failed.ExitCode.ShouldBe(1, failed.Output);
        string line = failed.Errors.TrimEnd('\n').Split('\n')[^1];
        line.ShouldStartWith("pelnas: --trainer: the first 3 labels failed: the command ended with exit code 1, see ");

        await File.WriteAllTextAsync(mended, "", Cancellation);
        Finished resumed = await Pelnas.RunScriptAsync($"({line.Split("resume with: ")[1]})");

        resumed.Errors.ShouldNotContain("pelnas:");
        JsonElement counts = Pelnas.Result("out").GetProperty("counts");
        counts.GetProperty("failedLabels").GetInt32().ShouldBe(2);
        counts.GetProperty("labels").GetInt32().ShouldBe(10);
    }

    [Fact]
    public async Task A_command_of_the_users_tells_latencies_with_its_labels_and_one_without_has_failed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is written for sh.");
        const string Command =
            """if test $(({index} % 5)) -eq 0; then echo "{\"accuracy\": 50}"; else echo "{\"accuracy\": $(({index} % 60 + 30)), \"latency_ms\": $(({index} % 7 + 1)).5}"; fi""";

        Finished finished = await Pelnas.SearchAsync(
            "out", "--dataset", "tools", "--image-size", "20", "--classes", "4", "--device", "told",
            "--max-labels", "12", "--generations", "2", "--proposals", "4", "--trainer", Command);
        finished.ShouldSucceed();
        JsonElement result = Pelnas.Result("out");
        result.GetProperty("counts").GetProperty("failedLabels").GetInt32().ShouldBeGreaterThan(0);
        result.GetProperty("front").GetArrayLength().ShouldBeGreaterThan(0);
        foreach (JsonElement point in result.GetProperty("front").EnumerateArray())
        {
            (point.GetProperty("index").GetInt32() % 5).ShouldNotBe(0);
            point.GetProperty("latencyMs").GetDouble().ShouldBe((point.GetProperty("index").GetInt32() % 7) + 1.5);
        }

        string log = await File.ReadAllTextAsync(
            Directory.GetFiles(Path.Combine(Pelnas.Data, "training"), "*.log", SearchOption.AllDirectories)[0], Cancellation);
        log.ShouldContain("accuracy");
    }

    [Theory]
    [InlineData("--images: The folder", "--images", "none", "--device", "flops")]
    [InlineData("--epochs goes with --images only", "--dataset", "cifar10", "--device", "fpga", "--epochs", "3")]
    [InlineData("exclude each other", "--images", "none", "--trainer", "x", "--device", "flops")]
    [InlineData("nobody knows the exact front of an open space", "--space", "accel-nasbench-open", "--dataset", "imagenet", "--device",
        "zcu102-latency", "--counterfactual")]
    [InlineData("give its imageSize and classes", "--dataset", "tools", "--trainer", "x", "--device", "flops")]
    public async Task Bad_usage_is_told_in_one_line(string expected, params string[] arguments)
    {
        Finished finished = await Pelnas.SearchAsync("out", arguments);

        finished.ShouldFail(2, expected);
        Directory.Exists(Pelnas.Data).ShouldBeFalse();
    }

    private IEnumerable<(int Index, double Accuracy)> Front(string output)
        => Pelnas.Result(output).GetProperty("front").EnumerateArray()
            .Select(point => (point.GetProperty("index").GetInt32(), point.GetProperty("accuracy").GetDouble()));
}
