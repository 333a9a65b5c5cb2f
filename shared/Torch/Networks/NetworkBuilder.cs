using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Networks;

/// <summary>Makes the parts of a network and keeps a list of its layers and parameters, in the order of the network.</summary>
internal sealed class NetworkBuilder(WeightSource weights)
{
    private readonly List<Layer> _layers = [];
    private readonly List<Tensor> _parameters = [];
    private readonly List<Tensor> _state = [];

    public IReadOnlyList<Layer> Layers => _layers;

    public IReadOnlyList<Tensor> Parameters => _parameters;

    /// <summary>Parameters and running statistics.</summary>
    public IReadOnlyList<Tensor> State => _state;

    /// <summary>Places in the network count, not layers: a place stays the same when other edges have other operations.</summary>
    private int Place { get; set; }

    /// <summary>Goes on to the next place without a layer.</summary>
    public void Skip() => Place++;

    public ReluConvNorm ReluConvNorm(int kernel, int inputs, int outputs, int stride, int outputSide, bool isUsed = true)
        => new(Convolution(kernel, inputs, outputs, stride, outputSide, isUsed), Normalisation(outputs));

    public Layer Convolution(int kernel, int inputs, int outputs, int stride, int outputSide, bool isUsed = true)
        => Add(Layer.Convolution(weights, Place++, kernel, inputs, outputs, stride, outputSide, isUsed));

    public Layer Linear(int inputs, int outputs) => Add(Layer.Linear(weights, Place++, inputs, outputs));

    public Normalisation Normalisation(int channels)
    {
        Normalisation normalisation = Networks.Normalisation.Create(weights, channels);
        _parameters.AddRange([normalisation.Scale, normalisation.Shift]);
        _state.AddRange([normalisation.Scale, normalisation.Shift, normalisation.Mean, normalisation.Variance]);
        return normalisation;
    }

    private Layer Add(Layer layer)
    {
        _layers.Add(layer);
        Tensor[] parameters = layer.Bias is { } bias ? [layer.Weight, bias] : [layer.Weight];
        _parameters.AddRange(parameters);
        _state.AddRange(parameters);

        return layer;
    }
}
