using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Torch.Networks;

/// <summary>Names and shapes of all tensors of the network around a cell, in the order of the network. It needs no LibTorch.</summary>
public sealed class NetworkLayout
{
    private readonly List<NetworkTensor> _tensors = [];

    /// <summary>Lists the tensors.</summary>
    /// <param name="genotype">The cell: six operations.</param>
    /// <param name="shape">C, N, resolution and classes.</param>
    public NetworkLayout(ReadOnlySpan<byte> genotype, NetworkShape shape)
    {
        int channels = shape.Channels;
        AddConvolution("stem.0", 3, shape.ImageChannels, channels);
        AddNormalisation("stem.1", channels);
        for (int stage = 0; stage < MacroNetwork.Stages; stage++)
        {
            if (stage > 0)
            {
                AddBlock($"stages.{stage}.0", channels, 2 * channels);
                channels *= 2;
            }

            for (int i = 0; i < shape.CellsPerStage; i++)
            {
                AddCell(CellName(stage, i), genotype, channels);
            }
        }

        AddNormalisation("head.0", channels);
        Add("classifier.weight", NetworkTensorKind.Weight, channels, shape.Classes, channels);
        Add("classifier.bias", NetworkTensorKind.Bias, channels, shape.Classes);
    }

    /// <summary>The tensors.</summary>
    public IReadOnlyList<NetworkTensor> Tensors => _tensors;

    /// <summary>Name of a cell; the second and third stage begin with a residual block.</summary>
    internal static string CellName(int stage, int number) => $"stages.{stage}.{number + (stage > 0 ? 1 : 0)}";

    /// <summary>Name of an edge within its cell.</summary>
    internal static string EdgeName(int from, int to) => $"edges.{from}_{to}";

    private void AddCell(string name, ReadOnlySpan<byte> genotype, int channels)
    {
        for (int to = 1; to < Cell.Nodes; to++)
        {
            for (int from = 0; from < to; from++)
            {
                if (Cell.Kernel((NasBench201Operation)genotype[Cell.Edge(from, to)]) is { } kernel)
                {
                    AddReluConvNorm($"{name}.{EdgeName(from, to)}", kernel, channels, channels);
                }
            }
        }
    }

    private void AddBlock(string name, int inputs, int outputs)
    {
        AddReluConvNorm($"{name}.first", 3, inputs, outputs);
        AddReluConvNorm($"{name}.second", 3, outputs, outputs);
        AddConvolution($"{name}.shortcut.1", 1, inputs, outputs);
    }

    private void AddReluConvNorm(string name, int kernel, int inputs, int outputs)
    {
        AddConvolution($"{name}.1", kernel, inputs, outputs);
        AddNormalisation($"{name}.2", outputs);
    }

    private void AddConvolution(string name, int kernel, int inputs, int outputs)
        => Add($"{name}.weight", NetworkTensorKind.Weight, inputs * kernel * kernel, outputs, inputs, kernel, kernel);

    private void AddNormalisation(string name, int channels)
    {
        Add($"{name}.weight", NetworkTensorKind.Scale, 0, channels);
        Add($"{name}.bias", NetworkTensorKind.Shift, 0, channels);
        Add($"{name}.running_mean", NetworkTensorKind.RunningMean, 0, channels);
        Add($"{name}.running_var", NetworkTensorKind.RunningVariance, 0, channels);
    }

    private void Add(string name, NetworkTensorKind kind, int fanIn, params int[] shape) => _tensors.Add(new(name, kind, shape, fanIn));
}
