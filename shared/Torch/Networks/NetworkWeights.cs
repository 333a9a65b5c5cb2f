namespace PelNas.Shared.Torch.Networks;

/// <summary>The numbers of a network, tensor by tensor. It needs no LibTorch.</summary>
/// <param name="Layout">Names and shapes.</param>
/// <param name="Values">For each tensor of the layout, in its order, its elements row by row.</param>
public sealed record NetworkWeights(NetworkLayout Layout, IReadOnlyList<float[]> Values)
{
    /// <summary>
    /// A network before training: weights uniform within 1 / sqrt(fan-in) on either side of zero, as PyTorch makes them, and normalisations
    /// that leave their input as it is.
    /// </summary>
    public static NetworkWeights Initial(NetworkLayout layout, int seed)
    {
        Random random = SeededRandom.For(seed, "network-weights");
        return new NetworkWeights(layout, [.. layout.Tensors.Select(tensor => Initial(tensor, random))]);
    }

    internal IEnumerable<SafetensorsTensor> ToTensors()
        => Layout.Tensors.Zip(Values, (tensor, values) => new SafetensorsTensor(tensor.Name, tensor.Shape, values));

    private static float[] Initial(NetworkTensor tensor, Random random)
    {
        float[] values = new float[tensor.Count];
        if (tensor.Kind is NetworkTensorKind.Scale or NetworkTensorKind.RunningVariance)
        {
            Array.Fill(values, 1);
        }
        else if (tensor.Kind is NetworkTensorKind.Weight or NetworkTensorKind.Bias)
        {
            float bound = 1 / MathF.Sqrt(tensor.FanIn);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = bound * ((2 * random.NextSingle()) - 1);
            }
        }

        return values;
    }
}
