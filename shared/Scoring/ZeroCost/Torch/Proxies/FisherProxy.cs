using static TorchSharp.torch;

namespace PelNas.Shared.Scoring.ZeroCost.Torch.Proxies;

/// <summary>
/// <c>fisher</c>: the sum over channels of 1/2 E_n[(sum over pixels of z * dL/dz)^2], z a layer's output (Theis et al., 2018, equation 8;
/// Turner et al., BlockSwap, ICLR 2020, equation 2). A channel counts once for each weight it has, as in Abdelfattah et al.
/// (ICLR 2021, equation 3 and their code). One batch, float32, batch normalisation by the batch.
/// </summary>
internal sealed class FisherProxy : IZeroCostProxy
{
    public string Name => "fisher";

    public ProxyScore Score(ProxyRun run) => ProxyScore.Of(run.Gradients.Sum(Score), NoScore.Gradients);

    private static double Score(LayerGradient gradient)
    {
        Tensor terms = gradient.Output.detach() * gradient.OutputGradient;
        Tensor perChannel = terms.dim() > 2 ? terms.sum([2, 3]) : terms;
        return gradient.Layer.FanIn * 0.5 * (perChannel * perChannel).mean([0]).Total();
    }
}
