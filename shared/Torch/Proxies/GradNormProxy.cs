namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// <c>grad_norm</c>: the sum over layers of ||dL/dW|| (Abdelfattah et al., ICLR 2021, section 3.1). One batch, float32, batch
/// normalisation by the batch; L is the mean cross-entropy.
/// </summary>
internal sealed class GradNormProxy : IZeroCostProxy
{
    public string Name => "grad_norm";

    public ProxyScore Score(ProxyRun run)
        => ProxyScore.Of(run.Gradients.Sum(gradient => gradient.WeightGradient.EuclideanNorm()), NoScore.Gradients);
}
