namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// <c>snip</c>: the sum over weights of |dL/dW * W| (Lee et al., ICLR 2019, equation 6, without its normalisation; over a network by
/// Abdelfattah et al., ICLR 2021, equation 1). One batch, float32, batch normalisation by the batch.
/// </summary>
internal sealed class SnipProxy : IZeroCostProxy
{
    public string Name => "snip";

    public ProxyScore Score(ProxyRun run)
        => ProxyScore.Of(run.Gradients.Sum(gradient => (gradient.WeightGradient * gradient.Layer.Weight).abs().Total()), NoScore.Gradients);
}
