using PelNas.Shared.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// <c>synflow</c>: the natural logarithm of the sum over weights of dR/dW * W, R the sum of the outputs for one image of ones in the
/// network with absolute weights (Tanaka et al., NeurIPS 2020, equation 2). Without batch normalisation, as in Abdelfattah et al. (ICLR
/// 2021).
/// </summary>
/// <remarks>float64, since the sum reaches 1e67 at N = 5; the logarithm keeps the order.</remarks>
internal sealed class SynflowProxy : IZeroCostProxy
{
    public string Name => "synflow";

    // One image, in 64 bits.
    public double PassesInMemory => 0.05;

    public ProxyScore Score(ProxyRun run)
    {
        using DisposeScope scope = NewDisposeScope();
        MacroNetwork network = run.Build(WeightSource.AbsoluteUniform(run.Settings.Seed));
        int side = run.Settings.Shape.Resolution;
        Tensor flow = network.Logits(ones([1, 3, side, side], ScalarType.Float64), new ForwardPass(normalise: false)).sum();
        Tensor[] weights = [.. network.Layers.Where(layer => layer.IsUsed).Select(layer => layer.Weight)];
        IList<Tensor> gradients = autograd.grad([flow], weights);
        double sum = weights.Select((weight, i) => (weight * gradients[i]).Total()).Sum();
        return sum == 0
            ? ProxyScore.None(NoScore.NoPath)
            : ProxyScore.Of(Math.Log(sum), "the flow is beyond the range of 64-bit numbers: make the network smaller");
    }
}
