using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Networks;

/// <summary>Makes the initial weights of a network.</summary>
/// <remarks>
/// The weights of a layer depend on the seed and on the layer's place in the network alone. Cells that share an edge share its weights,
/// so that the difference of two scores is due to where the cells differ.
/// </remarks>
internal sealed class WeightSource : IDisposable
{
    private readonly WeightKind _kind;
    private readonly ulong _seed;
    private readonly Generator? _generator;
    private readonly Device _device;

    private WeightSource(WeightKind kind, int seed)
    {
        _kind = kind;
        _seed = (ulong)seed;
        _generator = kind == WeightKind.None ? null : new Generator(_seed, CPU);
        _device = kind == WeightKind.None ? new Device(DeviceType.META) : CPU;
    }

    private enum WeightKind
    {
        None,
        Uniform,
        AbsoluteUniform,
        StandardNormal,
    }

    /// <summary>PyTorch's default, which the benchmark trains from: uniform within 1 / sqrt(fan-in) on either side of zero.</summary>
    public static WeightSource Uniform(int seed) => new(WeightKind.Uniform, seed);

    /// <summary>The absolute values of <see cref="Uniform"/>, in double precision.</summary>
    public static WeightSource AbsoluteUniform(int seed) => new(WeightKind.AbsoluteUniform, seed);

    /// <summary>Standard normal.</summary>
    public static WeightSource StandardNormal(int seed) => new(WeightKind.StandardNormal, seed);

    /// <summary>Shapes with no numbers and no memory, to count with.</summary>
    public static WeightSource ShapesOnly() => new(WeightKind.None, 0);

    /// <summary>A weight or a bias that gradients can be requested.</summary>
    /// <param name="place">Where in the network the layer stands.</param>
    /// <param name="fanIn">Inputs of one output.</param>
    /// <param name="shape">Sizes.</param>
    public Tensor Random(int place, int fanIn, params long[] shape)
    {
        Tensor tensor = empty(shape, device: _device);
        _generator?.manual_seed((long)((_seed * 1_000_003) + (ulong)((place * 2) + (shape.Length == 1 ? 1 : 0))));
        double bound = 1 / Math.Sqrt(fanIn);
        return (_kind switch
        {
            WeightKind.None => tensor,
            WeightKind.Uniform => tensor.uniform_(-bound, bound, _generator),
            WeightKind.AbsoluteUniform => tensor.uniform_(-bound, bound, _generator).abs().to(ScalarType.Float64),
            _ => tensor.normal_(0, 1, _generator),
        }).requires_grad_();
    }

    /// <summary>A vector of one value that gradients can be requested.</summary>
    public Tensor Constant(int size, double value)
        => (_generator is null
            ? empty(size, device: _device)
            : TensorArithmetic.Filled(size, value, _kind == WeightKind.AbsoluteUniform ? ScalarType.Float64 : ScalarType.Float32))
            .requires_grad_();

    public void Dispose() => _generator?.Dispose();
}
