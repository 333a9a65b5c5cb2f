using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Scoring.ZeroCost.Torch.Networks;

/// <summary>Makes the initial weights of a network.</summary>
/// <remarks>
/// The weights of a layer depend on the seed and on the layer's place in the network alone. Cells that share an edge share its weights,
/// so that the difference of two scores is due to where the cells differ.
/// </remarks>
internal sealed class WeightSource : IDisposable
{
    private readonly Generator? _generator;
    private readonly Device _device;
    private readonly ulong _seed;
    private readonly bool _normal;

    private WeightSource(Generator? generator, Device device, ulong seed, bool normal)
        => (_generator, _device, _seed, _normal) = (generator, device, seed, normal);

    /// <summary>PyTorch's default, which the benchmark trains from: uniform within 1 / sqrt(fan-in) on either side of zero.</summary>
    public static WeightSource Uniform(int seed) => new(new Generator((ulong)seed, CPU), CPU, (ulong)seed, normal: false);

    /// <summary>Standard normal, as the Zen-score has it.</summary>
    public static WeightSource StandardNormal(int seed) => new(new Generator((ulong)seed, CPU), CPU, (ulong)seed, normal: true);

    /// <summary>Shapes with no numbers and no memory, to count with.</summary>
    public static WeightSource ShapesOnly() => new(null, new Device(DeviceType.META), 0, normal: false);

    /// <summary>A weight or a bias that gradients can be asked for.</summary>
    /// <param name="layer">Number of the layer in the network.</param>
    /// <param name="fanIn">Inputs of one output.</param>
    /// <param name="shape">Sizes.</param>
    public Tensor Random(int layer, int fanIn, params long[] shape)
    {
        Tensor tensor = empty(shape, device: _device);
        if (_generator is not null)
        {
            // Neighbouring seeds give unrelated streams: the generator (a Mersenne twister) spreads each over its whole state.
            _generator.manual_seed((long)((_seed * 1_000_003) + (ulong)((layer * 2) + (shape.Length == 1 ? 1 : 0))));
            double bound = 1 / Math.Sqrt(fanIn);
            _ = _normal ? tensor.normal_(0, 1, _generator) : tensor.uniform_(-bound, bound, _generator);
        }

        return tensor.requires_grad_();
    }

    /// <summary>A vector of one value that gradients can be asked for.</summary>
    public Tensor Constant(int size, double value)
        => (_generator is null ? empty(size, device: _device) : full(size, value)).requires_grad_();

    public void Dispose() => _generator?.Dispose();
}
