using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Loading;
using TorchSharp;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// Scores cells by zero-cost proxies with given settings. Loads LibTorch. Computes on the calling thread alone, so that scores do not
/// depend on how many cores a machine has; use one scorer a thread.
/// </summary>
public sealed class ProxyScorer : IProxyScorer
{
    private readonly ProxySettings _settings;
    private readonly IZeroCostProxy[] _proxies;
    private readonly int[] _order;
    private readonly int _threads;
    private readonly ProxyBatch _batch;

    /// <summary>A scorer.</summary>
    /// <param name="settings">What the scores depend on.</param>
    /// <param name="threads">Threads of a tensor operation. More than one is faster, and rounds differently.</param>
    /// <exception cref="ArgumentException">A proxy is unknown, or the settings are not allowed.</exception>
    /// <exception cref="LibTorchException">LibTorch cannot be loaded here.</exception>
    /// <exception cref="ImageFolderException">The folder of images cannot be used.</exception>
    public ProxyScorer(ProxySettings settings, IEnumerable<string> proxies, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (settings.WhyNot() is { } reason)
        {
            throw new ArgumentException(reason, nameof(settings));
        }

        _proxies = [.. proxies.Select(ZeroCostProxies.Find)];
        _order = [.. Enumerable.Range(0, _proxies.Length).OrderBy(place => _proxies[place].FreesPass)];
        _settings = settings;
        _threads = threads;
        LibTorch.EnsureLoaded();
        if (_proxies.Any(proxy => proxy.FreesPass))
        {
            NativeHeap.KeepLargeTensorsApart();
        }

        _batch = ProxyBatch.Of(settings);
    }

    /// <summary>The scores of a cell, in the order of the proxies' names.</summary>
    /// <param name="genotype">Six operations.</param>
    public IReadOnlyList<ProxyScore> Score(ReadOnlySpan<byte> genotype)
    {
        // Kept by the thread, and the pool may have given another one.
        torch.set_num_threads(_threads);
        using DisposeScope scope = torch.NewDisposeScope();
        ProxyRun run = new(genotype.ToArray(), _settings, _batch, scope);
        ProxyScore[] scores = new ProxyScore[_proxies.Length];
        foreach (int place in _order)
        {
            if (_proxies[place].FreesPass)
            {
                // It takes as much again as all before it together: what they have left free in the heap makes room for it.
                NativeHeap.Trim();
            }

            scores[place] = _proxies[place].Score(run);
        }

        return scores;
    }

    /// <summary>Frees the batch.</summary>
    public void Dispose() => _batch.Dispose();
}
