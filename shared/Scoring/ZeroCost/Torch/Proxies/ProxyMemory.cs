using PelNas.Shared.Scoring.ZeroCost.Torch.Networks;

namespace PelNas.Shared.Scoring.ZeroCost.Torch.Proxies;

/// <summary>
/// How much memory scoring takes at most: an estimate for the heaviest cell, six 3x3 convolutions, held against measured peaks
/// (bench/results/ZeroCostInARow.md).
/// </summary>
public static class ProxyMemory
{
    // The runtime, LibTorch and the space, once a process.
    private const long OfProcess = 200_000_000;

    // A batch of images, a few small tensors, what the heap keeps.
    private const long OfScorer = 20_000_000;

    // Of a cell three ReLUs and six convolutions are kept, each as large as its input.
    private const int TensorsOfCell = 9;

    // Weights in 32 and in 64 bits, the same again for zen, and gradients of each.
    private const int BytesOfParameter = 40;

    /// <summary>Bytes that a scorer takes at most, beside what the process takes without one.</summary>
    public static long OfWorker(ProxySettings settings, IEnumerable<string> proxies)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(proxies);
        NetworkShape shape = settings.Shape;

        // The second and third stage have a half and a quarter of the first one's outputs, and four and sixteen times its weights.
        double firstStage = sizeof(float) * (double)settings.BatchSize * shape.Channels * shape.Resolution * shape.Resolution;
        double pass = firstStage * ((1.75 * TensorsOfCell * shape.CellsPerStage) + 6);
        double parameters = 21.0 * 6 * 9 * shape.CellsPerStage * shape.Channels * shape.Channels;
        return OfScorer + (long)((BytesOfParameter * parameters) + (pass * proxies.Max(name => ZeroCostProxies.Find(name).PassesInMemory)));
    }

    /// <summary>How many of the workers that are asked for the memory holds; one in any case.</summary>
    /// <param name="wanted">Workers asked for.</param>
    /// <param name="settings">What they score by.</param>
    /// <param name="proxies">Names of the proxies.</param>
    /// <param name="availableBytes">What the process may take altogether.</param>
    public static int Workers(int wanted, ProxySettings settings, IEnumerable<string> proxies, long availableBytes)
        => (int)Math.Clamp((availableBytes - OfProcess) / OfWorker(settings, proxies), 1, wanted);
}
