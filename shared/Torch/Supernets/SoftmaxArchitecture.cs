using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>One number for each operation of each edge, all cells alike; an edge mixes its operations by their softmax.</summary>
internal sealed class SoftmaxArchitecture : IArchitectureParameters
{
    private const double Deviation = 1e-3;

    private readonly Func<Tensor, double, Tensor?> _penalty;

    /// <summary>Numbers near zero, drawn by the seed.</summary>
    /// <param name="penalty">Added to the loss, from the numbers, [6, 5], and the share of the time that is spent.</param>
    public SoftmaxArchitecture(int seed, Func<Tensor, double, Tensor?> penalty)
    {
        using Generator generator = new((ulong)seed, CPU);
        using Tensor drawn = randn([Mixture.Edges, Mixture.Operations], generator: generator);
        Values = drawn.Times(Deviation).requires_grad_().DetachFromDisposeScope();
        _penalty = penalty;
    }

    public Tensor Values { get; }

    public void SetUp(Mixture mixture, bool isLearning) => mixture.SetAll(nn.functional.softmax(isLearning ? Values : Values.detach(), 1));

    public Tensor? Penalty(double progress) => _penalty(Values, progress);

    public void EndEpoch()
    {
    }

    public double[][] Table() => [.. Values.data<float>().Select(value => (double)value).Chunk(Mixture.Operations)];

    public void Dispose() => Values.Dispose();
}

/// <summary>Penalties on architectures that are mixed by softmax.</summary>
internal static class ArchitecturePenalties
{
    private const double MostBeta = 50;

    // 3x3 and 1x1 convolutions, relative to each other.
    private static readonly float[] MultiplyAccumulates = [0, 0, 1, 9, 0];

    /// <summary>None: plain DARTS.</summary>
    public static Tensor? None(Tensor values, double progress) => null;

    /// <summary>
    /// Beta-DARTS (Ye et al., arXiv 2203.01665): the mean over the edges of log sum exp, weighted from 0 at first to 50 at the end.
    /// </summary>
    public static Tensor Beta(Tensor values, double progress) => values.logsumexp(1).mean().Times(MostBeta * progress);

    /// <summary>What the expected multiply-accumulates of a cell are above a share of the largest possible, relative to that.</summary>
    public static Tensor Budget(Tensor values, double share)
    {
        Tensor expected = nn.functional.softmax(values, 1).mv(tensor(MultiplyAccumulates)).mean();
        return expected.Times(1 / (share * MultiplyAccumulates.Max())).Plus(-1).AtLeast(0);
    }
}
