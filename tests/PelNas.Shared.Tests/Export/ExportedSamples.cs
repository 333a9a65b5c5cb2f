using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace PelNas.Shared.Tests.Export;

/// <summary>Cells with weights in which every tensor matters, normalisations included.</summary>
internal static class ExportedSamples
{
    /// <summary>Cells without a path from input to output and cells of all kinds beside them.</summary>
    public static IEnumerable<int> Cells(int count)
    {
        NasBench201 space = NasBench201.Instance;
        Random random = new(5);
        int[] order = [.. Enumerable.Range(0, space.Size)];
        random.Shuffle(order);
        return order.Where(index => !space.IsConnected(index)).Take(count / 5)
            .Concat(order.Where(space.IsConnected).Take(count - (count / 5)));
    }

    public static NetworkWeights Weights(ExportedCell cell)
    {
        NetworkWeights weights = NetworkWeights.Initial(cell.Layout, cell.Index);
        Random random = new(cell.Index);
        for (int i = 0; i < weights.Values.Count; i++)
        {
            if (cell.Layout.Tensors[i].FanIn == 0)
            {
                float[] values = weights.Values[i];
                for (int j = 0; j < values.Length; j++)
                {
                    values[j] += 0.4f * (random.NextSingle() - 0.5f);
                }
            }
        }

        return weights;
    }

    public static float[] Images(NetworkShape shape, int count)
    {
        Random random = new(3);
        return [.. Enumerable.Range(0, count * shape.ImageChannels * shape.Resolution * shape.Resolution)
            .Select(_ => (2 * random.NextSingle()) - 1)];
    }

    /// <summary>What ONNX Runtime computes with the cell's weights for a batch of images.</summary>
    public static float[] RunOnnx(ExportedCell cell, float[] images)
    {
        using InferenceSession session = new(OnnxNetwork.Write(cell, Weights(cell)));
        (int channels, int side) = (cell.Shape.ImageChannels, cell.Shape.Resolution);
        DenseTensor<float> input = new(images, [images.Length / (channels * side * side), channels, side, side]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs =
            session.Run([NamedOnnxValue.CreateFromTensor(OnnxNetwork.Input, input)]);
        return [.. outputs[0].AsEnumerable<float>()];
    }
}
