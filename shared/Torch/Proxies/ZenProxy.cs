using PelNas.Shared.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// <c>zen</c>: log of the mean over images of ||f(x) - f(x + a e)||_1 plus, for every batch normalisation, log of the root of its input's
/// mean variance over channels (after Lin et al., Zen-NAS, ICCV 2021, algorithm 1). f are the features before global pooling, x and e
/// standard normal images, a = 0.01, the weights standard normal.
/// </summary>
/// <remarks>
/// The paper's algorithm 1 has the Frobenius norm of the difference, the root of its sum of squares. Its authors' code (idstcv/ZenNAS,
/// compute_zen_score.py) adds up the absolute differences of each image, the L1 norm; so does this. float32. A normalisation whose input
/// is constant, behind an edge that carries nothing, does not scale anything and is left out.
/// </remarks>
internal sealed class ZenProxy : IZeroCostProxy
{
    private const double Step = 0.01;

    public string Name => "zen";

    // Nothing is kept but of the cell in hand.
    public double PassesInMemory => 0.75;

    public ProxyScore Score(ProxyRun run)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        MacroNetwork network = run.Build(WeightSource.StandardNormal(run.Settings.Seed));
        int side = run.Settings.Shape.Resolution;
        using Generator generator = new((ulong)run.Settings.Seed + 1, CPU);
        long[] shape = [run.Settings.BatchSize, 3, side, side];
        Tensor images = randn(shape, generator: generator);
        Tensor moved = images.Plus(randn(shape, generator: generator).Times(Step));
        ScalingPass pass = new();
        double difference = (network.Features(images, pass) - network.Features(moved, new ForwardPass())).abs().sum([1, 2, 3])
            .mean().item<float>();
        return difference == 0
            ? ProxyScore.None(NoScore.NoPath)
            : ProxyScore.Of(
                Math.Log(difference) + pass.LogScale, "the features are beyond the range of 32-bit numbers: make the network smaller");
    }

    /// <summary>Adds up how much the normalisations scale.</summary>
    private sealed class ScalingPass : ForwardPass
    {
        public double LogScale { get; private set; }

        public override Tensor Normalise(Normalisation normalisation, Tensor input)
        {
            double variance = input.var([0, 2, 3], unbiased: false).mean().item<float>();
            LogScale += variance > 0 ? 0.5 * Math.Log(variance) : 0;
            return base.Normalise(normalisation, input);
        }
    }
}
