using PelNas.Shared.Torch.Networks;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>
/// Trains one random cell a batch, with weights that all cells share (Guo et al., Single Path One-Shot, ECCV 2020), or with weights that
/// are predicted for each cell (<see cref="KernelMixer"/>, arXiv 2003.01335). A cell's score is its validation accuracy with those weights.
/// </summary>
internal sealed class PathMethod : ISupernetMethod
{
    private const int ValidationImages = 512;

    private readonly int _seed;
    private readonly Supernet _supernet;
    private readonly KernelMixer? _mixer;
    private readonly WeightDescent _descent;

    /// <summary>Makes the method.</summary>
    public PathMethod(NetworkShape shape, int seed, bool predictWeights)
    {
        _seed = seed;
        _supernet = new Supernet(shape, seed);
        _mixer = predictWeights ? new KernelMixer(_supernet.Mixture.Layers, seed) : null;
        Weights = [.. _supernet.Network.Parameters, .. _mixer?.Parameters ?? []];
        _descent = new WeightDescent(Weights);
    }

    public int StepsPerEpoch => 100;

    public IReadOnlyList<Tensor> State => [.. Weights, .. _descent.State];

    private IReadOnlyList<Tensor> Weights { get; }

    public double Step(ImageBatches batches, double progress)
    {
        byte[] cell = RandomCell(SeededRandom.For(_seed, "supernet-path", batches.Drawn.Weights));
        _supernet.Mixture.SetPath(cell);
        Tensor loss = _supernet.Loss(batches.Weights(), PassFor(cell));
        _descent.Step(loss, progress);
        return loss.item<float>();
    }

    public double[][]? EndEpoch() => null;

    public IReadOnlyList<(string Name, double Value)> Score(byte[] cell, ImageBatches batches)
    {
        _supernet.Mixture.SetPath(cell);
        return [("accuracy", _supernet.Accuracy(batches.Validation(ValidationImages), PassFor(cell)))];
    }

    public byte[] Find(ImageBatches batches, Random random) => CellEvolution.Best(cell => Score(cell, batches)[0].Value, random);

    public void Dispose()
    {
        _descent.Dispose();
        _mixer?.Dispose();
        _supernet.Dispose();
    }

    /// <summary>A cell drawn uniformly.</summary>
    internal static byte[] RandomCell(Random random)
        => [.. Enumerable.Range(0, Mixture.Edges).Select(_ => (byte)random.Next(Mixture.Operations))];

    private ForwardPass PassFor(byte[] cell) => _mixer?.PassFor(cell) ?? new ForwardPass();
}
