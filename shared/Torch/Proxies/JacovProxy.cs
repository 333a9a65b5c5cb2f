using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// <c>jacov</c>: -sum_i (log(v_i + k) + 1 / (v_i + k)), v the eigenvalues of the correlations between the images' input gradients, k = 1e-5
/// (Mellor et al., arXiv 2006.04647v1, section 3). One batch; gradients in float32, correlations and eigenvalues in float64.
/// </summary>
internal sealed class JacovProxy : IZeroCostProxy
{
    public string Name => "jacov";

    public ProxyScore Score(ProxyRun run)
    {
        Tensor jacobian = run.Jacobian;
        using DisposeScope scope = NewDisposeScope();
        return jacobian.CorrelationTerms(out string? whyNone) is { } terms
            ? ProxyScore.Of(-terms, NoScore.Gradients)
            : ProxyScore.None(whyNone!);
    }
}
