namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// <c>params</c>: trainable parameters, millions (Ning et al., NeurIPS 2021, as a baseline). Counted on the network; no data.
/// </summary>
internal sealed class ParamsProxy : IZeroCostProxy
{
    public string Name => "params";

    public double PassesInMemory => 0;

    public ProxyScore Score(ProxyRun run) => ProxyScore.Of(run.Network.ParameterCount / 1e6, "there are too many parameters");
}
