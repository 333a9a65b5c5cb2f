using PelNas.Shared.Export;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Cli.Tests.Commands;

public sealed class TrainTests : PelnasTest
{
    private const string FashionMnist = "/usr/share/datasets/fashion-mnist";

    [Fact]
    public async Task A_cell_is_trained_and_its_weights_model_and_curve_are_written()
    {
        Assert.SkipUnless(Directory.Exists(FashionMnist), "Needs Debian's dataset-fashion-mnist.");
        string output = Pelnas.In("trained");

        Finished finished = await Pelnas.RunAsync(
            "train", "6111", "--images", FashionMnist, "--epochs", "3", "--channels", "4", "--cells", "1", "--image-size",
            "14", "--max-images", "500", "--batch", "32", "--output", output, "--json");
        finished.ShouldSucceed();
        JsonElement result = JsonDocument.Parse(finished.Output).RootElement;
        result.GetProperty("epochs").GetArrayLength().ShouldBe(3);
        result.GetProperty("accuracy").GetDouble().ShouldBeGreaterThan(25);
        ExportedCell cell = new(6111, new NetworkShape(4, 1, 14, 10, ImageChannels: 1));
        SafetensorsFile.Read(Path.Combine(output, "last.safetensors"), cell.Layout);
        (await File.ReadAllBytesAsync(Path.Combine(output, "model.onnx"), Cancellation))
            .ShouldBe(OnnxNetwork.Write(cell, SafetensorsFile.Read(Path.Combine(output, "best.safetensors"), cell.Layout)));
        (await File.ReadAllTextAsync(Path.Combine(output, "curve.html"), Cancellation)).ShouldContain("epoch 3");
        File.Exists(Path.Combine(output, "checkpoint")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--images: The folder", "6111", "--images", "none")]
    [InlineData("--epochs: 0 is not allowed", "6111", "--images", "none", "--epochs", "0")]
    public async Task Bad_usage_is_told_in_one_line(string expected, params string[] arguments)
    {
        Finished finished = await Pelnas.RunAsync(["train", .. arguments, "--output", Pelnas.In("no")]);

        finished.ShouldFail(2, expected);
        Directory.Exists(Pelnas.In("no")).ShouldBeFalse();
    }
}
