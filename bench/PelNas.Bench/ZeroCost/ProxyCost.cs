using System.Diagnostics;
using System.Globalization;
using PelNas.Bench.Load;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Loading;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Proxies;
using TorchSharp;

namespace PelNas.Bench.ZeroCost;

/// <summary>
/// What the zero-cost proxies cost, printed as a table. Not BenchmarkDotNet's: it is the processor's time that counts, on a spread of
/// architectures.
/// </summary>
internal static class ProxyCost
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    /// <summary>At C = 16 and a batch of 64.</summary>
    /// <param name="names">Proxies to measure; all, and the limit, when there are none.</param>
    public static void Run(IReadOnlyList<string> names)
    {
        LibTorch.EnsureLoaded();
        Console.WriteLine($"LibTorch loaded, resident {ProcessMemory.Resident():0} MB");
        Console.WriteLine("| proxy | N = 1, 1 thread | N = 1, 2 threads | N = 5, 1 thread | N = 5, 2 threads |\n|---|---|---|---|---|");
        foreach (string name in names.Count > 0 ? names : ZeroCostProxies.Names)
        {
            Console.WriteLine($"| {name} | {Cost(name, 1, 1)} | {Cost(name, 1, 2)} | {Cost(name, 5, 1)} | {Cost(name, 5, 2)} |");
        }

        if (names.Count == 0)
        {
            Console.WriteLine($"| forward and backward alone | {Plain(1, 1)} | {Plain(1, 2)} | {Plain(5, 1)} | {Plain(5, 2)} |");
        }
    }

    private static string Cost(string name, int cells, int threads)
    {
        using ProxyScorer scorer = new(
            new ProxySettings { Shape = NetworkShape.Of("cifar10", 16, cells), BatchSize = 64 }, [name], threads);
        return Measure(index => scorer.Score(Space.Genotype(index)));
    }

    /// <summary>Plain convolutions, as many as an average architecture has, forward and backward: the limit.</summary>
    private static string Plain(int cells, int threads) => Measure(_ =>
    {
        torch.set_num_threads(threads);
        using DisposeScope scope = torch.NewDisposeScope();
        List<torch.Tensor> weights = [];
        torch.Tensor x = torch.randn(64, 16, 32, 32);
        for (int stage = 0; stage < 3; stage++)
        {
            long channels = 16 << stage;
            x = stage == 0 ? x : torch.cat([torch.nn.functional.avg_pool2d(x, [2, 2]), torch.nn.functional.avg_pool2d(x, [2, 2])], 1);
            for (int cell = 0; cell < cells; cell++)
            {
                foreach (long kernel in (long[])[3, 1])
                {
                    torch.Tensor weight = (torch.randn(channels, channels, kernel, kernel) / 10).requires_grad_();
                    weights.Add(weight);
                    x = torch.nn.functional.conv2d(x, weight, padding: [kernel / 2, kernel / 2]);
                }
            }
        }

        torch.autograd.grad([x.sum()], weights);
    });

    private static string Measure(Action<int> work)
    {
        int[] indices = [.. Enumerable.Range(0, 3).Select(i => (i * 5200) + 100)];
        work(indices[0]);
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        Array.ForEach(indices, work);
        double wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds / indices.Length;
        double processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / indices.Length;
        return string.Create(CultureInfo.InvariantCulture, $"{processor:0.0} ({wall:0.0})");
    }
}
