using PelNas.Shared.Torch.Networks;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>A proxy that is one sum over the layers, of the gradients that all proxies share or of the network as it is.</summary>
/// <param name="name">The name that NAS-Bench-Suite-Zero gives it.</param>
/// <param name="score">The sum.</param>
/// <param name="whyNotFinite">Why there is no score where the sum is not finite.</param>
/// <param name="passesInMemory">As <see cref="IZeroCostProxy.PassesInMemory"/>.</param>
internal sealed class SummedProxy(string name, Func<ProxyRun, double> score, string whyNotFinite, double passesInMemory) : IZeroCostProxy
{
    /// <summary>
    /// <c>params</c>: trainable parameters, millions (Ning et al., NeurIPS 2021, as a baseline). Counted on the network; no data.
    /// </summary>
    public static SummedProxy Params { get; } = OfNetwork(
        "params", network => network.ParameterCount / 1e6, "there are too many parameters");

    /// <summary>
    /// <c>flops</c>: multiply-accumulates of convolutions and classifier for one image, millions (Ning et al., NeurIPS 2021, as a
    /// baseline). Counted on the network; no data.
    /// </summary>
    public static SummedProxy Flops { get; } = OfNetwork(
        "flops", network => network.MultiplyAccumulates / 1e6, "there are too many operations");

    /// <summary>
    /// <c>l2_norm</c>: the sum over layers of ||W|| at initialisation (Abdelfattah et al., ICLR 2021, section 3.1's baselines).
    /// Convolutions and classifier, edges that lead nowhere included; no data.
    /// </summary>
    public static SummedProxy L2Norm { get; } = OfNetwork(
        "l2_norm", network => network.Layers.Sum(layer => layer.Weight.EuclideanNorm()), "the weights are not finite");

    /// <summary>
    /// <c>grad_norm</c>: the sum over layers of ||dL/dW|| (Abdelfattah et al., ICLR 2021, section 3.1). One batch, float32, batch
    /// normalisation by the batch; L is the mean cross-entropy.
    /// </summary>
    public static SummedProxy GradNorm { get; } = OfGradients("grad_norm", gradient => gradient.WeightGradient.EuclideanNorm());

    /// <summary>
    /// <c>snip</c>: the sum over weights of |dL/dW * W| (Lee et al., ICLR 2019, equation 6, without its normalisation; over a network by
    /// Abdelfattah et al., ICLR 2021, equation 1). One batch, float32, batch normalisation by the batch.
    /// </summary>
    public static SummedProxy Snip { get; } = OfGradients(
        "snip", gradient => (gradient.WeightGradient * gradient.Layer.Weight).abs().Total());

    /// <summary>
    /// <c>plain</c>: the sum over weights of dL/dW * W, signs kept (Mozer and Smolensky, NIPS 1988; as in Abdelfattah et al., ICLR 2021).
    /// One batch, float32, batch normalisation by the batch.
    /// </summary>
    /// <remarks>
    /// A convolution that batch normalisation follows can be scaled without changing L, so that its terms add up to zero but for rounding
    /// and the normalisation's epsilon. What is left is mostly the classifier's, and next to noise.
    /// </remarks>
    public static SummedProxy Plain { get; } = OfGradients(
        "plain", gradient => (gradient.WeightGradient * gradient.Layer.Weight).Total());

    public string Name => name;

    public double PassesInMemory => passesInMemory;

    public ProxyScore Score(ProxyRun run) => ProxyScore.Of(score(run), whyNotFinite);

    private static SummedProxy OfNetwork(string name, Func<MacroNetwork, double> sum, string whyNotFinite)
        => new(name, run => sum(run.Network), whyNotFinite, passesInMemory: 0);

    private static SummedProxy OfGradients(string name, Func<LayerGradient, double> term)
        => new(name, run => run.Gradients.Sum(term), NoScore.Gradients, IZeroCostProxy.PassAndGradients);
}
