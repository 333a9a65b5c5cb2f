using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>
/// The benchmark's network with every operation on every edge. Batch normalisation is by the batch in hand, so that nothing has to be
/// estimated again for a path, and so that a batch has to be a mixture of all classes. It keeps its weights until it is disposed of.
/// </summary>
internal sealed class Supernet : IDisposable
{
    /// <summary>A supernet with PyTorch's initial weights.</summary>
    public Supernet(NetworkShape shape, int seed)
    {
        using WeightSource weights = WeightSource.Uniform(seed);
        using DisposeScope scope = NewDisposeScope();
        Shape = shape;
        Network = new MacroNetwork(shape, weights, (builder, channels, side) => new MixedCell(Mixture, builder, channels, side));
        foreach (Tensor parameter in Network.State)
        {
            parameter.DetachFromDisposeScope();
        }
    }

    /// <summary>C, N, resolution and classes.</summary>
    public NetworkShape Shape { get; }

    /// <summary>What the cells compute.</summary>
    public Mixture Mixture { get; } = new();

    /// <summary>The network.</summary>
    public MacroNetwork Network { get; }

    /// <summary>Mean cross-entropy over a batch.</summary>
    public Tensor Loss(ImageBatch batch, ForwardPass? pass = null)
        => nn.functional.cross_entropy(Network.Logits(batch.Images, pass ?? new ForwardPass()), batch.Labels);

    /// <summary>Share of images that are classified rightly.</summary>
    public double Accuracy(IEnumerable<ImageBatch> batches, ForwardPass? pass = null)
        => batches.Accuracy(images => Network.Logits(images, pass ?? new ForwardPass()));

    /// <summary>Frees the weights.</summary>
    public void Dispose() => Network.State.DisposeAll();
}
