using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Networks;

/// <summary>
/// The network that NAS-Bench-201 builds around a cell (Dong and Yang, ICLR 2020, section 2.1): a 3x3 convolution to C channels with batch
/// normalisation, three stages of N cells with C, 2C and 4C channels, a residual block of stride 2 between stages, batch normalisation
/// and ReLU, global average pooling, a linear classifier.
/// </summary>
/// <remarks>Its tensors live until the caller's dispose scope ends: make a network inside one.</remarks>
internal sealed class MacroNetwork
{
    /// <summary>Stages of cells, each of twice the channels of the one before.</summary>
    internal const int Stages = 3;

    private readonly Layer _stem;
    private readonly Normalisation _stemNormalisation;
    private readonly ICell[][] _cells = new ICell[Stages][];
    private readonly ResidualBlock?[] _blocks = new ResidualBlock?[Stages];
    private readonly Normalisation _headNormalisation;
    private readonly Layer _classifier;

    /// <summary>Builds the network.</summary>
    /// <param name="genotype">The cell: six operations.</param>
    /// <param name="shape">C, N, resolution and classes.</param>
    /// <param name="weights">Where the initial weights come from.</param>
    public MacroNetwork(ReadOnlySpan<byte> genotype, NetworkShape shape, WeightSource weights)
        : this(shape, weights, CellsOf(genotype.ToArray()))
    {
    }

    /// <summary>Builds the network around cells of another kind.</summary>
    /// <param name="shape">C, N, resolution and classes.</param>
    /// <param name="weights">Where the initial weights come from.</param>
    /// <param name="cell">Makes a cell of so many channels, its images so many pixels wide.</param>
    public MacroNetwork(NetworkShape shape, WeightSource weights, Func<NetworkBuilder, int, int, ICell> cell)
    {
        NetworkBuilder builder = new(weights);
        int channels = shape.Channels;
        int side = shape.Resolution;
        _stem = builder.Convolution(3, shape.ImageChannels, channels, 1, side);
        _stemNormalisation = builder.Normalisation(channels);
        for (int stage = 0; stage < Stages; stage++)
        {
            if (stage > 0)
            {
                side = (side + 1) / 2;
                _blocks[stage] = new ResidualBlock(builder, channels, 2 * channels, side);
                channels *= 2;
            }

            _cells[stage] = new ICell[shape.CellsPerStage];
            for (int i = 0; i < shape.CellsPerStage; i++)
            {
                _cells[stage][i] = cell(builder, channels, side);
            }
        }

        _headNormalisation = builder.Normalisation(channels);
        _classifier = builder.Linear(channels, shape.Classes);
        Layers = builder.Layers;
        Parameters = builder.Parameters;
        State = builder.State;
        ParameterCount = builder.Parameters.Sum(parameter => parameter.numel());
    }

    /// <summary>Convolutions and the classifier, in the order of the network.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>What training changes by gradients, in the order of the network.</summary>
    public IReadOnlyList<Tensor> Parameters { get; }

    /// <summary>Parameters and running statistics, in the order of <see cref="NetworkLayout"/>.</summary>
    public IReadOnlyList<Tensor> State { get; }

    /// <summary>Trainable parameters.</summary>
    public long ParameterCount { get; }

    /// <summary>Multiply-accumulates of the layers for one image.</summary>
    public long MultiplyAccumulates => Layers.Sum(layer => layer.MultiplyAccumulates);

    /// <summary>The features before global pooling, [batch, 4 C, side, side].</summary>
    /// <param name="images">[batch, image channels, resolution, resolution].</param>
    /// <param name="pass">What looks on.</param>
    public Tensor Features(Tensor images, ForwardPass pass)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = images;
        for (int stage = 0; stage < Stages; stage++)
        {
            x = Stage(stage, x, pass);
        }

        return Head(x, pass).MoveToOuterDisposeScope();
    }

    /// <summary>The output of a stage, [batch, channels, side, side].</summary>
    /// <param name="stage">0 to 2; the first has the stem before it, the others a residual block.</param>
    /// <param name="input">The images or the output of the stage before.</param>
    /// <param name="pass">What looks on.</param>
    public Tensor Stage(int stage, Tensor input, ForwardPass pass)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = stage == 0 ? pass.Normalise(_stemNormalisation, pass.Apply(_stem, input)) : input;
        if (_blocks[stage] is { } block)
        {
            x = Within(x, entering => block.Forward(pass, entering));
        }

        foreach (ICell cell in _cells[stage])
        {
            x = Within(x, entering => cell.Forward(pass, entering));
        }

        return x.MoveToOuterDisposeScope();
    }

    /// <summary>The features of the last stage's output.</summary>
    public Tensor Head(Tensor input, ForwardPass pass) => pass.Rectify(pass.Normalise(_headNormalisation, input), 1);

    /// <summary>The outputs, [batch, classes].</summary>
    /// <param name="images">[batch, image channels, resolution, resolution].</param>
    /// <param name="pass">What looks on.</param>
    public Tensor Logits(Tensor images, ForwardPass pass) => Classify(Features(images, pass), pass);

    /// <summary>The outputs for features, [batch, classes].</summary>
    public Tensor Classify(Tensor features, ForwardPass pass) => pass.Apply(_classifier, features.mean([2, 3]));

    private static Func<NetworkBuilder, int, int, ICell> CellsOf(byte[] genotype)
        => (builder, channels, side) => new Cell(builder, genotype, channels, side);

    /// <summary>Frees what a part of the network has made as soon as its output is there: a network has gigabytes of it.</summary>
    private static Tensor Within(Tensor input, Func<Tensor, Tensor> part)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor output = part(input);

        // A cell of skips hands its input on, which is not this scope's.
        return ReferenceEquals(output, input) ? input : output.MoveToOuterDisposeScope();
    }
}
