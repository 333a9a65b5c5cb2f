using Microsoft.ML.OnnxRuntime;
using Onnx;

namespace PelNas.Shared.Tests.Export;

public sealed class OnnxNetworkTests
{
    private const int Batch = 2;

    /// <summary>An odd side among them, which the residual blocks round up, and images of one channel.</summary>
    private static readonly NetworkShape[] Shapes =
    [
        new(8, 1, 16, 10), new(4, 2, 14, 7, ImageChannels: 1),
    ];

    [Fact]
    public void ONNX_Runtime_computes_what_TorchSharp_computes()
    {
        LibTorch.EnsureLoaded();
        foreach (int index in ExportedSamples.Cells(50))
        {
            ExportedCell cell = new(index, Shapes[index % Shapes.Length]);
            NetworkWeights weights = ExportedSamples.Weights(cell);
            float[] images = ExportedSamples.Images(cell.Shape, Batch);
            float[] expected = RunTorch(cell, weights, images);
            float[] actual = ExportedSamples.RunOnnx(cell, images);
            actual.Length.ShouldBe(Batch * cell.Shape.Classes);
            actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-4f, cell.Architecture);
        }
    }

    [Fact]
    public void A_model_has_as_many_parameters_as_the_benchmark_says()
    {
        string[][] rows = ShippedTable.Rows("zerocost-nasbench201.csv.gz");
        for (int index = 0; index < rows.Length; index += rows.Length / 500)
        {
            ExportedCell cell = new(index, NetworkShape.Benchmark("cifar10"));
            NetworkWeights zeros = new(cell.Layout, [.. cell.Layout.Tensors.Select(tensor => new float[tensor.Count])]);
            GraphProto graph = ModelProto.Parser.ParseFrom(OnnxNetwork.Write(cell, zeros)).Graph;
            long parameters = graph.Initializer
                .Where(tensor => !tensor.Name.Contains("running", StringComparison.Ordinal) && tensor.Dims.Count > 0)
                .Sum(tensor => tensor.Dims.Aggregate(1L, (product, size) => product * size));
            double published = double.Parse(rows[index][1], CultureInfo.InvariantCulture);
            (parameters / 1e6).ShouldBe(published, 6e-6 * published, $"index {index}");
        }
    }

    [Fact]
    public void A_model_says_what_it_is_and_takes_batches_of_any_size()
    {
        ExportedCell cell = new(6111, Shapes[0]);
        using InferenceSession session = new(OnnxNetwork.Write(cell));
        session.ModelMetadata.CustomMetadataMap["architecture"].ShouldBe(cell.Architecture);
        session.ModelMetadata.CustomMetadataMap["index"].ShouldBe("6111");
        session.InputMetadata[OnnxNetwork.Input].Dimensions.ShouldBe([-1, 3, 16, 16]);
        session.OutputMetadata[OnnxNetwork.Output].Dimensions.ShouldBe([-1, 10]);
    }

    private static float[] RunTorch(ExportedCell cell, NetworkWeights weights, float[] images)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using WeightSource source = WeightSource.Uniform(1);
        MacroNetwork network = new([.. cell.Operations.Select(operation => (byte)operation)], cell.Shape, source);
        network.State.Select(state => state.shape.Select(size => (int)size)).ShouldBe(cell.Layout.Tensors.Select(tensor => tensor.Shape));
        network.Load(weights);
        torch.Tensor input = torch.tensor(images, [Batch, cell.Shape.ImageChannels, cell.Shape.Resolution, cell.Shape.Resolution]);
        return network.Logits(input, new EvaluationPass()).data<float>().ToArray();
    }
}
