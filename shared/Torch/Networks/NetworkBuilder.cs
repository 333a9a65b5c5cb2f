using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Networks;

/// <summary>Makes the parts of a network and keeps a list of its layers and parameters, in the order of the network.</summary>
internal sealed class NetworkBuilder(WeightSource weights)
{
    private readonly List<Layer> _layers = [];
    private readonly List<Tensor> _parameters = [];

    public IReadOnlyList<Layer> Layers => _layers;

    public IReadOnlyList<Tensor> Parameters => _parameters;

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
        _parameters.Add(normalisation.Scale);
        _parameters.Add(normalisation.Shift);
        return normalisation;
    }

    private Layer Add(Layer layer)
    {
        _layers.Add(layer);
        _parameters.Add(layer.Weight);
        if (layer.Bias is { } bias)
        {
            _parameters.Add(bias);
        }

        return layer;
    }
}
