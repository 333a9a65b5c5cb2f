using System.Diagnostics;
using System.Globalization;
using PelNas.Bench.Load;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Proxies;
using TorchSharp;

namespace PelNas.Bench.ZeroCost;

/// <summary>The memory of one process that scores architectures by all thirteen proxies, one after another, printed as a table while it runs.</summary>
internal static class ProxiesInARow
{
    private const int Rows = 20;

    // Coprime to the size of the space: however many are scored, they are spread over it, and none comes twice.
    private const int Stride = 7919;

    private static readonly NasBench201 Space = NasBench201.Instance;

    /// <summary>Scores architectures with a network of C channels and N cells a stage.</summary>
    public static void Run(TextWriter output, int channels, int cells, int batch, int count)
    {
        using ProxyScorer scorer = new(new ProxySettings { Shape = NetworkShape.Of("cifar10", channels, cells), BatchSize = batch }, ZeroCostProxies.Names);
        output.WriteLine("| architectures | live tensors | resident MB | most so far, MB | processor s |\n|---|---|---|---|---|");
        for (int done = 0; done <= count; done++)
        {
            if (done % Math.Max(1, count / Rows) == 0)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {done} | {DisposeScopeManager.Statistics.ThreadTotalLiveCount} | {ProcessMemory.Resident():0} | {ProcessMemory.PeakResident():0} | {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:0} |"));
                output.Flush();
            }

            if (done < count)
            {
                scorer.Score(Space.Genotype((int)((long)done * Stride % Space.Size)));
            }
        }
    }
}
