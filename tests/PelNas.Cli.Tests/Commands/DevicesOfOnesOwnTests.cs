namespace PelNas.Cli.Tests.Commands;

public sealed class DevicesOfOnesOwnTests : PelnasTest
{
    [Fact]
    public async Task This_machine_is_measured_searched_on_and_its_front_verified()
    {
        Finished measured = await DevicesAsync(
            "measure", "here", "--samples", "6", "--rounds", "2", "--channels", "4", "--cells", "1", "--json");
        measured.ShouldSucceed();
        JsonElement info = JsonDocument.Parse(measured.Output).RootElement;
        info.GetProperty("measured").GetInt32().ShouldBe(6);
        info.GetProperty("setup").GetProperty("runtime").GetString().ShouldNotBeNull().ShouldStartWith("ONNX Runtime 1.");
        Directory.EnumerateFiles(Path.Combine(Pelnas.Data, "timings")).ShouldBeEmpty("it is stored now");

        (await DevicesAsync("show", "here")).Output.ShouldMatch(@"\nmeasured on .+, ONNX Runtime 1\.\S+, 1 thread, 20\d\d-");

        Finished searched = await Pelnas.SearchAsync(
            "run", "--dataset", "cifar10", "--device", "here", "--max-labels", "20", "--generations", "2", "--verify-front", "--json");
        searched.ShouldSucceed();
        JsonElement[] front = [.. JsonDocument.Parse(searched.Output).RootElement.GetProperty("front").EnumerateArray()];
        front.ShouldNotBeEmpty();
        front.ShouldAllBe(point => point.GetProperty("latencyFrom").GetString() == "measured");
        (await DevicesAsync("--json")).Output.ShouldContain("\"here\"");
    }

    [Fact]
    public async Task Measurements_from_elsewhere_predict_all_cells_and_name_those_of_the_front_to_measure()
    {
        Finished suggested = await DevicesAsync("suggest", "--count", "8");
        int[] cells = [.. suggested.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => int.Parse(line.Split(',')[0], CultureInfo.InvariantCulture))];
        cells.Length.ShouldBe(8);
        string file = Pelnas.In("measured.csv");
        await File.WriteAllTextAsync(
            file, "index,latency_ms\n" + string.Concat(cells.Select((cell, place) => $"{cell},{3 + place}\n")), Cancellation);

        Finished added = (await DevicesAsync("add", "my-board", "--measurements", file)).ShouldSucceed();
        added.Output.ShouldStartWith("device my-board for cifar10: 8 cells measured");
        (await DevicesAsync("show", "my-board")).Output.ShouldBe(added.Output);
        string predicted = Pelnas.In("predicted.csv");
        (await DevicesAsync("predict", "my-board", "--output", predicted)).ExitCode.ShouldBe(0);
        string[] lines = await File.ReadAllLinesAsync(predicted, Cancellation);
        lines[0].ShouldBe("index,latency_ms,low_ms,high_ms");
        lines.Length.ShouldBe(15_626);
        lines.ShouldContain($"{cells[2]},5,5,5");
        Finished further = await DevicesAsync("suggest", "my-board", "--count", "3", "--json");
        JsonDocument.Parse(further.Output).RootElement.EnumerateArray().Select(cell => cell.GetProperty("index").GetInt32())
            .Intersect(cells).ShouldBeEmpty();

        Finished searched = await Pelnas.SearchAsync(
            "run", "--dataset", "cifar10", "--device", "my-board", "--max-labels", "20", "--generations", "2", "--verify-front");
        searched.ShouldSucceed();
        searched.Errors.ShouldContain("are predicted. Measure the cells ");

        (await DevicesAsync("delete", "my-board")).Output.Trim().ShouldBe("deleted my-board for cifar10");
        (await DevicesAsync("show", "my-board")).Errors.ShouldContain("nothing is stored of a device 'my-board'");
    }

    [Theory]
    [InlineData("'devices.csv'", "add", "my-board", "--measurements", "devices.csv")]
    [InlineData("ships with the product", "add", "raspi4", "--measurements", "x.csv")]
    [InlineData("NAME: 'My Board' is not allowed", "measure", "My Board")]
    [InlineData("give its --image-size and --classes", "measure", "here", "--dataset", "mnist", "--classes", "10")]
    [InlineData("cifar10 has its own", "measure", "here", "--image-size", "28")]
    [InlineData("--dataset: 'My data' is no name", "add", "my-board", "--dataset", "My data", "--measurements", "x.csv")]
    [InlineData("--samples: 4 is not allowed; give a whole number from 5 to 60", "measure", "here", "--samples", "4")]
    [InlineData("--count: 61 is not allowed; give a whole number from 1 to 60", "suggest", "--count", "61")]
    [InlineData("'fpga' ships with the latency of every cell", "predict", "fpga", "--output", "x.csv")]
    [InlineData("nothing is stored of a device 'nowhere'", "delete", "nowhere")]
    [InlineData("nothing is stored of a device 'nowhere'", "predict", "nowhere", "--output", "x.csv")]
    public async Task Bad_usage_is_told_in_one_line(string expected, params string[] arguments)
    {
        Finished finished = await DevicesAsync(arguments);

        finished.ExitCode.ShouldBe(2, finished.Output);
        finished.Errors.ShouldContain(expected);
        finished.Errors.TrimEnd().ShouldNotContain("\n");
    }

    [Fact]
    public async Task Every_wrong_row_of_a_file_is_named_and_nothing_is_stored()
    {
        string file = Pelnas.In("bad.csv");
        await File.WriteAllTextAsync(file, "index,latency_ms\n1,2\nx,3\n5,fast\n", Cancellation);

        Finished finished = await DevicesAsync("add", "my-board", "--measurements", file);

        finished.ShouldFail(2, "line 3: index: 'x' is no architecture: give an index from 0 to 15624, or the notation, such as ");
        finished.Errors.ShouldContain("; line 4: latency_ms 'fast' is not a number");
        (await DevicesAsync("--json")).Output.ShouldNotContain("my-board");
    }

    private Task<Finished> DevicesAsync(params string[] arguments)
        => Pelnas.RunAsync(arguments is ["--json"]
            ? ["devices", "--json", "--data", Pelnas.Data]
            : ["devices", .. arguments, "--data", Pelnas.Data]);
}
