using PelNas.Shared.Scoring.ZeroCost;
using PelNas.Shared.Scoring.ZeroCost.Torch.Networks;
using PelNas.Shared.Scoring.ZeroCost.Torch.Proxies;

namespace PelNas.Shared.Tests.Scoring.ZeroCost.Torch.Proxies;

public sealed class ProxyMemoryTests
{
    private const long Gigabyte = 1_000_000_000;

    private static readonly ProxySettings Benchmark = new() { Shape = NetworkShape.Benchmark("cifar10"), BatchSize = 64 };

    /// <summary>The heaviest cell's peaks, less what a process takes that scores by params, as measured (bench/results/ZeroCostInARow.md).</summary>
    [Theory]
    [InlineData("nwot", 534)]
    [InlineData("grad_norm", 575)]
    [InlineData("jacov", 556)]
    [InlineData("fisher", 893)]
    [InlineData("zen", 162)]
    [InlineData("grasp", 1120)]
    public void The_estimate_is_above_the_measured_peak_and_below_twice_of_it(string proxy, int measuredMb)
        => (ProxyMemory.OfWorker(Benchmark, [proxy]) / 1e6).ShouldBeInRange(measuredMb, 2 * measuredMb + 50);

    [Fact]
    public void Proxies_share_a_pass_so_that_the_hungriest_counts()
        => ProxyMemory.OfWorker(Benchmark, ZeroCostProxies.Names).ShouldBe(ProxyMemory.OfWorker(Benchmark, ["grasp"]));

    [Fact]
    public void A_search_s_network_takes_little()
        => ProxyMemory.OfWorker(ProxyTable.SettingsOf("cifar10"), ProxyTable.Proxies).ShouldBeLessThan(100_000_000);

    [Theory]
    [InlineData(8, 64, 8)] // Memory for all.
    [InlineData(8, 4, 3)]
    [InlineData(8, 1, 1)] // For none: one is tried.
    [InlineData(1, 64, 1)]
    public void Workers_are_as_many_as_the_memory_holds(int wanted, int availableGb, int expected)
        => ProxyMemory.Workers(wanted, Benchmark, ZeroCostProxies.Names, availableGb * Gigabyte).ShouldBe(expected);

    [Fact]
    public void Larger_batches_and_networks_leave_room_for_fewer()
    {
        int workers = Workers(Benchmark);
        Workers(Benchmark with { BatchSize = 128 }).ShouldBeLessThan(workers);
        Workers(Benchmark with { Shape = NetworkShape.Of("cifar10", 32, 5) }).ShouldBeLessThan(workers);
        Workers(Benchmark with { Shape = NetworkShape.Of("cifar10", 16, 10) }).ShouldBeLessThan(workers);
        Workers(Benchmark with { Shape = NetworkShape.Of("imagenet16-120", 16, 5) }).ShouldBeGreaterThan(workers);

        static int Workers(ProxySettings settings) => ProxyMemory.Workers(64, settings, ZeroCostProxies.Names, 16 * Gigabyte);
    }
}
