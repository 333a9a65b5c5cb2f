using PelNas.Shared.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// <c>nwot</c>: log |det K|, K counting for each two images the ReLU units that are on for both or off for both (Mellor et al., Neural
/// Architecture Search without Training, ICML 2021, section 3, equation 2). One batch; the weights' initialisation; batch normalisation by
/// the batch; the kernel in float64, its counts exact.
/// </summary>
internal sealed class NwotProxy : IZeroCostProxy
{
    public string Name => "nwot";

    public ProxyScore Score(ProxyRun run)
    {
        RecordingPass pass = run.Pass;
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        int images = run.Settings.BatchSize;
        Tensor kernel = zeros([images, images], ScalarType.Float64);
        foreach ((Tensor output, int uses) in pass.Rectified)
        {
            using DisposeScope layer = NewDisposeScope();

            // With codes of +1 and -1, as many agree as differ plus their product. Below 2^24 units float32 counts exactly.
            Tensor codes = output.IsAbove(0).to(ScalarType.Float32).ScaleAndShiftInPlace(2, -1).flatten(1);
            kernel.AddInPlace(codes.mm(codes.t()).ScaleAndShiftInPlace(1, codes.shape[1]).to(ScalarType.Float64), 0.5 * uses);
        }

        (Tensor sign, Tensor logarithm) = linalg.slogdet(kernel);
        return sign.item<double>() == 0
            ? ProxyScore.None("two images switch the same ReLUs on, so that the kernel is singular")
            : ProxyScore.Of(logarithm.item<double>(), "two images switch the same ReLUs on, so that the kernel is singular");
    }
}
