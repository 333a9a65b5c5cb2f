using static TorchSharp.torch;

namespace PelNas.Shared.Scoring.ZeroCost.Torch.Networks;

/// <summary>
/// One run of a network over a batch, with what proxies look at afterwards. All that is kept here is kept for the gradients anyway.
/// </summary>
/// <param name="normalise">False to leave out batch normalisation.</param>
internal sealed class ForwardPass(bool normalise = true)
{
    private readonly List<(Layer Layer, Tensor Output)> _outputs = [];
    private readonly List<(Tensor Output, int Uses)> _rectified = [];
    private readonly List<Tensor> _normalised = [];

    /// <summary>The outputs of convolutions and of the classifier, before normalisation.</summary>
    public IReadOnlyList<(Layer Layer, Tensor Output)> Outputs => _outputs;

    /// <summary>Outputs of ReLUs, each with the number of ReLUs that the benchmark's code has there (one an edge).</summary>
    public IReadOnlyList<(Tensor Output, int Uses)> Rectified => _rectified;

    /// <summary>What went into the batch normalisations.</summary>
    public IReadOnlyList<Tensor> Normalised => _normalised;

    /// <summary>[batch, 4 C, side, side]: the features before global pooling.</summary>
    public Tensor Features { get; set; } = null!;

    /// <summary>[batch, classes].</summary>
    public Tensor Logits { get; set; } = null!;

    public Tensor Apply(Layer layer, Tensor input)
    {
        Tensor output = layer.Apply(input);
        _outputs.Add((layer, output));
        return output;
    }

    public Tensor Rectify(Tensor input, int uses)
    {
        Tensor output = nn.functional.relu(input);
        _rectified.Add((output, uses));
        return output;
    }

    public Tensor Normalise(Normalisation normalisation, Tensor input)
    {
        if (!normalise)
        {
            return input;
        }

        _normalised.Add(input);
        return normalisation.Apply(input);
    }
}
