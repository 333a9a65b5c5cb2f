using PelNas.Shared.Torch.Loading;
using PelNas.Shared.Torch.Proxies;

namespace PelNas.Shared.Torch;

/// <summary>The proxies of real networks, by LibTorch, which is loaded when one is needed.</summary>
public sealed class TorchProxyScorers : IProxyScorers
{
    /// <inheritdoc/>
    public string? WhyNot()
    {
        try
        {
            LibTorch.EnsureLoaded();
            return null;
        }
        catch (LibTorchException exception)
        {
            return exception.Message;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="LibTorchException">LibTorch cannot be loaded here.</exception>
    public IProxyScorer Open(ProxySettings settings, IReadOnlyList<string> proxies) => new ProxyScorer(settings, proxies);
}
