using PelNas.Shared.Torch.Proxies;

namespace PelNas.Shared.Torch;

/// <summary>What can compute zero-cost proxies in this process.</summary>
public interface IProxyScorers
{
    /// <summary>Why nothing can be computed here, in a few sentences that say what to do; null when it can.</summary>
    string? WhyNot();

    /// <summary>A scorer on one thread. It takes the memory of a network and a batch until it is disposed of.</summary>
    /// <param name="settings">What the scores depend on.</param>
    /// <param name="proxies">Names of the proxies, in the order of a cell's scores.</param>
    IProxyScorer Open(ProxySettings settings, IReadOnlyList<string> proxies);
}

/// <summary>Scores architectures, one after another.</summary>
public interface IProxyScorer : IDisposable
{
    /// <summary>The scores of a cell, in the order of the proxies' names.</summary>
    /// <param name="genotype">Six operations.</param>
    IReadOnlyList<ProxyScore> Score(ReadOnlySpan<byte> genotype);
}
