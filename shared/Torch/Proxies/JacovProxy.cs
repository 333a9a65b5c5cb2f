using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// <c>jacov</c>: -sum_i (log(v_i + k) + 1 / (v_i + k)), v the eigenvalues of the correlations between the images' input gradients, k = 1e-5
/// (Mellor et al., arXiv 2006.04647v1, section 3). One batch; gradients in float32, correlations and eigenvalues in float64.
/// </summary>
internal sealed class JacovProxy : IZeroCostProxy
{
    private const double K = 1e-5;

    public string Name => "jacov";

    public ProxyScore Score(ProxyRun run)
    {
        Tensor jacobian = run.Jacobian;
        using DisposeScope scope = NewDisposeScope();
        if (jacobian.RowCorrelations(out string? whyNone) is not { } correlations)
        {
            return ProxyScore.None(whyNone!);
        }

        // Rounding can leave an eigenvalue of zero a little below it.
        Tensor eigenvalues = linalg.eigvalsh(correlations).AtLeast(0).Plus(K);
        return ProxyScore.Of(-eigenvalues.log().Plus(eigenvalues.reciprocal()).Total(), NoScore.Gradients);
    }
}
