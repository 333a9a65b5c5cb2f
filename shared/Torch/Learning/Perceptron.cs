using PelNas.Shared.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Learning;

/// <summary>Fully connected layers with ReLUs between them. It keeps its weights until it is disposed of.</summary>
internal sealed class Perceptron : IDisposable
{
    private readonly Layer[] _layers;

    /// <summary>A network with PyTorch's initial weights.</summary>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="sizes">Inputs, units of each hidden layer, outputs.</param>
    public Perceptron(int seed, params int[] sizes)
    {
        using WeightSource weights = WeightSource.Uniform(seed);
        using DisposeScope scope = NewDisposeScope();
        _layers = [.. Enumerable.Range(0, sizes.Length - 1).Select(place => Layer.Linear(weights, place, sizes[place], sizes[place + 1]))];
        Parameters =
            [.. _layers.SelectMany(layer => new[] { layer.Weight, layer.Bias! }).Select(parameter => parameter.DetachFromDisposeScope())];
    }

    /// <summary>Weights and biases.</summary>
    public IReadOnlyList<Tensor> Parameters { get; }

    /// <summary>The outputs, [..., outputs].</summary>
    /// <param name="input">[..., inputs].</param>
    public Tensor Apply(Tensor input)
    {
        Tensor x = input;
        foreach (Layer layer in _layers[..^1])
        {
            x = nn.functional.relu(layer.Apply(x));
        }

        return _layers[^1].Apply(x);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => Parameters.DisposeAll();
}
