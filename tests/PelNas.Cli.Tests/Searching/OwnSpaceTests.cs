namespace PelNas.Cli.Tests.Searching;

/// <summary>The example of docs/spaces.md of a space without a table, as its reader pastes it.</summary>
public sealed class OwnSpaceTests : PelnasTest
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task The_documented_space_and_trainer_come_to_a_front()
    {
        Assert.SkipUnless(File.Exists(Python), "Needs /usr/bin/python3.");
        string definition = Pelnas.In("tiny-vit.json");
        string trainer = Pelnas.In("train.py");
        await File.WriteAllTextAsync(definition, Readme.BlockAfter("This is `tiny-vit.json`", "spaces.md"), Cancellation);
        await File.WriteAllTextAsync(trainer, Readme.BlockAfter("A stub of a trainer, `train.py`", "spaces.md"), Cancellation);

        Finished added = (await Pelnas.RunAsync("spaces", "add", definition, "--data", Pelnas.Data)).ShouldSucceed();
        added.Output.ShouldContain("added tiny-vit: 96 combinations of 4 decisions");
        Finished refused = await Pelnas.SearchAsync("no", "--space", "tiny-vit", "--dataset", "my-images", "--device", "told");
        (refused.ExitCode, refused.Errors.Contains(
            "--trainer or --images: the space tiny-vit has no labels of its own",
            StringComparison.Ordinal)).ShouldBe((2, true), refused.Errors);
        refused = await Pelnas.SearchAsync(
            "no", "--space", "tiny-vit", "--dataset", "my-images", "--device", "told", "--trainer", "python3 train.py {model}");
        (refused.ExitCode, refused.Errors.Contains("give {architecture}", StringComparison.Ordinal)).ShouldBe((2, true), refused.Errors);
        (await Pelnas.RunAsync("spaces", "list", "--data", Pelnas.Data)).Output.ShouldContain("data sets any, with labels by you");

        Finished finished = await Pelnas.SearchAsync(
            "out", "--space", "tiny-vit", "--dataset", "my-images",
            "--device", "told", "--trainer", $"{Python} '{trainer}' {{architecture}}", "--max-labels", "30", "--partitions", "3");
        finished.ShouldSucceed();
        finished.Errors.ShouldNotContain("failed");
        finished.Output.ShouldContain("of the labels and the front: seeds");
        using JsonDocument result = JsonDocument.Parse(await File.ReadAllTextAsync(Pelnas.In("out", "result.json"), Cancellation));
        result.RootElement.GetProperty("metrics").ValueKind.ShouldBe(JsonValueKind.Null);
        result.RootElement.GetProperty("labelsByOrigin").EnumerateObject().Sum(origin => origin.Value.GetInt32()).ShouldBe(30);
        JsonElement[] front = [.. result.RootElement.GetProperty("front").EnumerateArray()];
        result.RootElement.GetProperty("frontByOrigin").EnumerateObject().Sum(origin => origin.Value.GetInt32()).ShouldBe(front.Length);
        front.Length.ShouldBeGreaterThan(3);
        front.ShouldAllBe(point => point.GetProperty("architecture").GetString()!.StartsWith("depth=", StringComparison.Ordinal)
            && point.GetProperty("latencyFrom").GetString() == "measured");
    }
}
