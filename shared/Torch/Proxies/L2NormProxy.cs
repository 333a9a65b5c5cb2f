namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// <c>l2_norm</c>: the sum over layers of ||W|| at initialisation (Abdelfattah et al., ICLR 2021, section 3.1's baselines). Convolutions
/// and classifier, edges that lead nowhere included; no data.
/// </summary>
internal sealed class L2NormProxy : IZeroCostProxy
{
    public string Name => "l2_norm";

    public double PassesInMemory => 0;

    public ProxyScore Score(ProxyRun run)
        => ProxyScore.Of(run.Network.Layers.Sum(layer => layer.Weight.EuclideanNorm()), "the weights are not finite");
}
