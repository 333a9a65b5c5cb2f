using static TorchSharp.torch;

namespace PelNas.Shared.Scoring.ZeroCost.Torch.Networks;

/// <summary>
/// The network that NAS-Bench-201 builds around a cell (Dong and Yang, ICLR 2020, section 2.1): a 3x3 convolution to C channels with batch
/// normalisation, three stages of N cells with C, 2C and 4C channels, a residual block of stride 2 between stages, batch normalisation
/// and ReLU, global average pooling, a linear classifier.
/// </summary>
/// <remarks>Its tensors live until the caller's dispose scope ends: make a network inside one.</remarks>
internal sealed class MacroNetwork
{
    private const int ImageChannels = 3;
    private const int Stages = 3;

    private readonly Layer _stem;
    private readonly Normalisation _stemNormalisation;
    private readonly Cell[][] _cells = new Cell[Stages][];
    private readonly ResidualBlock?[] _blocks = new ResidualBlock?[Stages];
    private readonly Normalisation _headNormalisation;
    private readonly Layer _classifier;

    /// <summary>Builds the network.</summary>
    /// <param name="genotype">The cell: six operations.</param>
    /// <param name="shape">C, N, resolution and classes.</param>
    /// <param name="weights">Where the initial weights come from.</param>
    public MacroNetwork(ReadOnlySpan<byte> genotype, NetworkShape shape, WeightSource weights)
    {
        NetworkBuilder builder = new(weights);
        int channels = shape.Channels;
        int side = shape.Resolution;
        _stem = builder.Convolution(3, ImageChannels, channels, 1, side);
        _stemNormalisation = builder.Normalisation(channels);
        for (int stage = 0; stage < Stages; stage++)
        {
            if (stage > 0)
            {
                side = (side + 1) / 2;
                _blocks[stage] = new ResidualBlock(builder, channels, 2 * channels, side);
                channels *= 2;
            }

            _cells[stage] = new Cell[shape.CellsPerStage];
            for (int i = 0; i < shape.CellsPerStage; i++)
            {
                _cells[stage][i] = new Cell(builder, genotype, channels, side);
            }
        }

        _headNormalisation = builder.Normalisation(channels);
        _classifier = builder.Linear(channels, shape.Classes);
        Layers = builder.Layers;
        ParameterCount = builder.Parameters.Sum(parameter => parameter.numel());
    }

    /// <summary>Convolutions and the classifier, in the order of the network.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>Trainable parameters.</summary>
    public long ParameterCount { get; }

    /// <summary>Multiply-accumulates of the layers for one image.</summary>
    public long MultiplyAccumulates => Layers.Sum(layer => layer.MultiplyAccumulates);

    /// <summary>Runs the network.</summary>
    /// <param name="images">[batch, 3, resolution, resolution].</param>
    /// <param name="normalise">False to leave out batch normalisation.</param>
    public ForwardPass Forward(Tensor images, bool normalise = true)
    {
        ForwardPass pass = new(normalise);
        Tensor x = pass.Normalise(_stemNormalisation, pass.Apply(_stem, images));
        for (int stage = 0; stage < Stages; stage++)
        {
            x = _blocks[stage]?.Forward(pass, x) ?? x;
            foreach (Cell cell in _cells[stage])
            {
                x = cell.Forward(pass, x);
            }
        }

        pass.Features = pass.Rectify(pass.Normalise(_headNormalisation, x), 1);
        pass.Logits = pass.Apply(_classifier, pass.Features.mean([2, 3]));
        return pass;
    }
}
