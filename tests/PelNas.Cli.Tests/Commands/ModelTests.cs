using Onnx;
using PelNas.Shared.Export;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Cli.Tests.Commands;

public sealed class ModelTests : PelnasTest
{
    [Fact]
    public async Task An_ONNX_model_has_the_sizes_of_its_data_set()
    {
        string file = Pelnas.In("cell.onnx");

        Finished finished = await ModelAsync(
            "6111", "--format", "onnx", "--dataset", "imagenet16-120", "--channels", "4", "--cells", "1", "--output", file);

        finished.ShouldBe(new Finished(0, $"{file}\n", ""));
        GraphProto graph = ModelProto.Parser.ParseFrom(await File.ReadAllBytesAsync(file, Cancellation)).Graph;
        graph.Input.Single().Type.TensorType.Shape.Dim.Select(size => size.DimValue).ShouldBe([0, 3, 16, 16]);
        graph.Output.Single().Type.TensorType.Shape.Dim.Select(size => size.DimValue).ShouldBe([0, 120]);
    }

    [Fact]
    public async Task A_dash_is_standard_output_and_names_are_taken_however_they_are_written()
    {
        ExportedCell cell = new(6111, new NetworkShape(4, 1, 16, 120));

        Finished finished = await Pelnas.RunProcessAsync(
            "model", "6111", "--format", "PyTorch", "--dataset", "ImageNet16-120", "--channels", "4", "--cells", "1", "--output", "-");

        finished.ShouldBe(new Finished(0, PyTorchModule.Write(cell), ""));
    }

    [Fact]
    public async Task Weights_go_along_with_a_PyTorch_module()
    {
        ExportedCell cell = new(6111, new NetworkShape(4, 1, 32, 10));
        string weights = Pelnas.In("trained.safetensors");
        await using (FileStream stream = File.Create(weights))
        {
            SafetensorsFile.Write(stream, NetworkWeights.Initial(cell.Layout, 7), cell.Metadata);
        }

        Finished finished = await ModelAsync(
            "6111", "--format", "pytorch", "--channels", "4", "--cells",
            "1", "--weights", weights, "--output", Pelnas.In("cell.py"));
        finished.ShouldSucceed();
        (await File.ReadAllTextAsync(Pelnas.In("cell.py"), Cancellation)).ShouldBe(PyTorchModule.Write(cell));
        SafetensorsFile.Read(Pelnas.In("cell.safetensors"), cell.Layout).Values.ShouldBe(NetworkWeights.Initial(cell.Layout, 7).Values);
        (await ModelAsync("6112", "--format", "onnx", "--channels", "4", "--cells", "1", "--weights", weights, "--output", "cell.onnx"))
            .Errors.ShouldContain("--weights: ");
    }

    [Theory]
    [InlineData("CELL: 'x'", "x", "--format", "onnx")]
    [InlineData("--channels: 0 is not allowed; give a whole number from 1 to 64.", "1", "--format", "onnx", "--channels", "0")]
    [InlineData("--dataset: 'mnist' is unknown", "1", "--format", "onnx", "--dataset", "mnist")]
    [InlineData("--format: 'onx' is unknown (did you mean 'onnx'?)", "1", "--format", "onx")]
    public async Task Bad_usage_is_told_in_one_line(string expected, params string[] arguments)
    {
        Finished finished = await ModelAsync([.. arguments, "--output", Pelnas.In("no")]);

        finished.ShouldFail(2, expected);
        finished.Errors.TrimEnd().ShouldNotContain("\n");
        File.Exists(Pelnas.In("no")).ShouldBeFalse();
    }

    private Task<Finished> ModelAsync(params string[] arguments) => Pelnas.RunAsync(["model", .. arguments]);
}
