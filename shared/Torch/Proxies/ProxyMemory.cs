using PelNas.Shared.Torch.Loading;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// How much memory scoring takes at most: an estimate for the heaviest cell, six 3x3 convolutions, held against measured peaks
/// (bench/results/ZeroCostInARow.md).
/// </summary>
public static class ProxyMemory
{
    // The runtime, LibTorch and the space, once a process.
    private const long OfProcess = 200_000_000;

    // A batch of images, code compiled on the way, what the heap keeps over many architectures: a search's small network takes little else.
    private const long OfScorer = 46_000_000;

    // Of a cell three ReLUs and six convolutions are kept, each as large as its input.
    private const int TensorsOfCell = 9;

    // Stem, reductions and classifier, in outputs of the first stage.
    private const int TensorsBetween = 6;

    // What one proxy has freed is not all there for the next one: several take more for the weights than the hungriest of them alone.
    private const int BytesOfParameterOfSeveral = 56;

    /// <summary>Bytes that a scorer takes at most, beside what the process takes without one.</summary>
    /// <param name="settings">What it scores by.</param>
    /// <param name="proxies">Names of the proxies, one at least.</param>
    /// <exception cref="ArgumentException">A proxy is unknown.</exception>
    public static long OfWorker(ProxySettings settings, IEnumerable<string> proxies)
        => OfWorker(settings, proxies, NativeHeap.CanKeepApart);

    /// <summary>The same on a system that can or cannot keep large tensors apart.</summary>
    internal static long OfWorker(ProxySettings settings, IEnumerable<string> proxies, bool canKeepApart)
    {
        NetworkShape shape = settings.Shape;
        IZeroCostProxy[] asked = [.. proxies.Select(ZeroCostProxies.Find)];
        bool keepsApart = canKeepApart && asked.Any(proxy => proxy.FreesPass);

        // The second and third stage have a half and a quarter of the first one's outputs, and four and sixteen times its weights.
        double firstStage = sizeof(float) * (double)settings.BatchSize * shape.Channels * shape.Resolution * shape.Resolution;
        double cells = TensorsOfCell * shape.CellsPerStage;
        double parameters = 21.0 * 6 * 9 * shape.CellsPerStage * shape.Channels * shape.Channels;
        int bytesOfParameter = asked.Length == 1 ? asked[0].BytesOfParameter : BytesOfParameterOfSeveral;
        return OfScorer + (long)((bytesOfParameter * parameters) + asked.Max(OfPasses));

        double OfPasses(IZeroCostProxy proxy)
            => Of(proxy, firstStage, TensorsBetween + cells) + Of(proxy, firstStage / 2, cells) + Of(proxy, firstStage / 4, cells);

        double Of(IZeroCostProxy proxy, double bytes, double tensors)
            => bytes * tensors * (keepsApart && bytes >= NativeHeap.LargeBytes ? proxy.PassesApart : proxy.PassesInMemory);
    }

    /// <summary>How many of the workers that are requested the memory holds; one in any case.</summary>
    /// <param name="wanted">Workers requested.</param>
    /// <param name="settings">What they score by.</param>
    /// <param name="availableBytes">What the process may take altogether.</param>
    public static int Workers(int wanted, ProxySettings settings, IEnumerable<string> proxies, long availableBytes)
        => (int)Math.Clamp((availableBytes - OfProcess) / OfWorker(settings, proxies), 1, wanted);
}
