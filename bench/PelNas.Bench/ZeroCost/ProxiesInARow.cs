using PelNas.Bench.Load;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Proxies;

namespace PelNas.Bench.ZeroCost;

/// <summary>The memory of one process that scores architectures by all thirteen proxies, one after another.</summary>
internal static class ProxiesInARow
{
    /// <summary>Scores architectures with a network of C channels and N cells a stage.</summary>
    public static void Run(TextWriter output, int channels, int cells, int batch, int count)
    {
        using ProxyScorer scorer = new(
            new ProxySettings { Shape = NetworkShape.Of("cifar10", channels, cells), BatchSize = batch }, ZeroCostProxies.Names);
        InARow.Run(output, "architectures", count, rows: 20, genotype => scorer.Score(genotype));
    }
}
