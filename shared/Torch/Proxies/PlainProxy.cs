namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// <c>plain</c>: the sum over weights of dL/dW * W, signs kept (Mozer and Smolensky, NIPS 1988; as in Abdelfattah et al., ICLR 2021).
/// One batch, float32, batch normalisation by the batch.
/// </summary>
/// <remarks>
/// A convolution that batch normalisation follows can be scaled without changing L, so that its terms add up to zero but for rounding and
/// the normalisation's epsilon. What is left is mostly the classifier's, and next to noise.
/// </remarks>
internal sealed class PlainProxy : IZeroCostProxy
{
    public string Name => "plain";

    public ProxyScore Score(ProxyRun run)
        => ProxyScore.Of(run.Gradients.Sum(gradient => (gradient.WeightGradient * gradient.Layer.Weight).Total()), NoScore.Gradients);
}
