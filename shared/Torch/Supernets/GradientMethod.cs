using PelNas.Shared.Torch.Learning;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Training;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>
/// Differentiable search (Liu et al., DARTS, ICLR 2019), first order: in turn a step of the architecture's parameters by Adam on one half
/// of the images and a step of the weights by SGD on the other.
/// </summary>
internal sealed class GradientMethod : ISupernetMethod
{
    private const double ArchitectureRate = 3e-4;

    private readonly Supernet _supernet;
    private readonly IArchitectureParameters _architecture;
    private readonly Exits? _exits;
    private readonly AdamOptimizer _adam;
    private readonly WeightDescent _descent;

    /// <summary>Makes the method.</summary>
    /// <param name="shape">Network.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="architecture">What is learnt of the architecture.</param>
    /// <param name="useExits">Whether there is a classifier after each stage.</param>
    public GradientMethod(NetworkShape shape, int seed, IArchitectureParameters architecture, bool useExits = false)
    {
        _supernet = new Supernet(shape, seed);
        _architecture = architecture;
        _exits = useExits ? new Exits(_supernet, seed) : null;
        _adam = new AdamOptimizer([architecture.Values], ArchitectureRate, 0.5, 0.999, 1e-3);
        Weights = [.. _supernet.Network.Parameters, .. _exits?.Parameters ?? []];
        _descent = new WeightDescent(Weights);
    }

    public int StepsPerEpoch => 50;

    public IReadOnlyList<Tensor> State => [_architecture.Values, .. Weights, .. _adam.State, .. _descent.State];

    private IReadOnlyList<Tensor> Weights { get; }

    public double Step(ImageBatches batches, double progress)
    {
        _architecture.SetUp(_supernet.Mixture, isLearning: true);
        Tensor loss = Loss(batches.Architecture());
        _adam.Step(_architecture.Penalty(progress) is { } penalty ? loss.Plus(penalty) : loss);
        _architecture.SetUp(_supernet.Mixture, isLearning: false);
        Tensor own = Loss(batches.Weights());
        _descent.Step(own, progress);
        return own.item<float>();
    }

    public double[][] EndEpoch()
    {
        _architecture.EndEpoch();
        return _architecture.Table();
    }

    public IReadOnlyList<(string Name, double Value)> Score(byte[] cell, ImageBatches batches)
    {
        double[][] table = _architecture.Table();
        return [("architecture", cell.Select((operation, edge) => table[edge][operation]).Sum())];
    }

    public byte[] Find(ImageBatches batches, Random random)
        => [.. _architecture.Table().Select(edge => (byte)Array.IndexOf(edge, edge.Max()))];

    /// <summary>Accuracy at each exit of the network as it is mixed at present, cheapest first; empty without exits.</summary>
    public IReadOnlyList<double> Anytime(ImageBatches batches, int images)
    {
        _architecture.SetUp(_supernet.Mixture, isLearning: false);
        return _exits?.Accuracies(batches.Validation(images)) ?? [];
    }

    public void Dispose()
    {
        _adam.Dispose();
        _descent.Dispose();
        _exits?.Dispose();
        _architecture.Dispose();
        _supernet.Dispose();
    }

    private Tensor Loss(ImageBatch batch) => _exits?.Loss(batch) ?? _supernet.Loss(batch);
}

/// <summary>What is learnt of an architecture by gradients.</summary>
internal interface IArchitectureParameters : IDisposable
{
    /// <summary>The parameters.</summary>
    Tensor Values { get; }

    /// <summary>Tells the supernet what to compute.</summary>
    /// <param name="mixture">The supernet's.</param>
    /// <param name="isLearning">Whether gradients by the parameters are wanted.</param>
    void SetUp(Mixture mixture, bool isLearning);

    /// <summary>What is added to the loss of the architecture; null for nothing.</summary>
    Tensor? Penalty(double progress);

    /// <summary>Called after each epoch and after the parameters were loaded.</summary>
    void EndEpoch();

    /// <summary>What it thinks of each operation of each edge, [6][5]; the largest of an edge is chosen.</summary>
    double[][] Table();
}
