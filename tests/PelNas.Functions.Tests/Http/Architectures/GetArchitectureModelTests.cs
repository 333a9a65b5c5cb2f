using Onnx;
using PelNas.Shared.Export;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Functions.Tests.Http.Architectures;

public sealed class GetArchitectureModelTests(SharedApp shared)
{
    [Fact]
    public async Task The_network_comes_as_an_ONNX_model_of_the_benchmarks_size()
    {
        using HttpResponseMessage response = await shared.App.GetAsync("architectures/219/model?dataset=cifar100");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentDisposition!.FileName.ShouldBe("cell-219.onnx");
        byte[] model = await response.Content.ReadAsByteArrayAsync(Cancellation);
        model.ShouldBe(OnnxNetwork.Write(new ExportedCell(219, NetworkShape.Benchmark("cifar100"))));
        ModelProto.Parser.ParseFrom(model).OpsetImport.Single().Version.ShouldBe(17);
    }

    [Fact]
    public async Task The_network_comes_as_a_PyTorch_module_of_any_size()
    {
        using HttpResponseMessage response = await shared.App.GetAsync(
            "architectures/219/model?format=pytorch&channels=8&cells=1&imageSize=28&classes=12&imageChannels=1");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync(Cancellation))
            .ShouldBe(PyTorchModule.Write(new ExportedCell(219, new NetworkShape(8, 1, 28, 12, ImageChannels: 1))));
    }

    [Theory]
    [InlineData("x/model", "architecture")]
    [InlineData("1/model?format=tflite", "format")]
    [InlineData("1/model?channels=65", "channels")]
    public async Task What_is_not_allowed_is_blamed(string address, string field)
        => await (await shared.App.GetAsync($"architectures/{address}")).ShouldBlameAsync(field);
}
