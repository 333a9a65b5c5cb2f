namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// <c>flops</c>: multiply-accumulates of convolutions and classifier for one image, millions (Ning et al., NeurIPS 2021, as a baseline).
/// Counted on the network; no data.
/// </summary>
internal sealed class FlopsProxy : IZeroCostProxy
{
    public string Name => "flops";

    public double PassesInMemory => 0;

    public ProxyScore Score(ProxyRun run) => ProxyScore.Of(run.Network.MultiplyAccumulates / 1e6, "there are too many operations");
}
