namespace PelNas.Shared.Tests.Torch.Proxies;

public sealed class ProxyMemoryTests
{
    private const long Gigabyte = 1_000_000_000;

    private static readonly ProxySettings Benchmark = new() { Shape = NetworkShape.Benchmark("cifar10"), BatchSize = 64 };

    /// <summary>
    /// The heaviest cell's peaks, less what a process takes that scores by params, as measured (bench/results/ZeroCostInARow.md).
    /// </summary>
    [Theory]
    [InlineData("nwot", 534)]
    [InlineData("grad_norm", 575)]
    [InlineData("jacov", 556)]
    [InlineData("fisher", 893)]
    [InlineData("zen", 162)]
    [InlineData("grasp", 1120)]
    public void The_estimate_is_above_the_measured_peak_and_below_twice_of_it(string proxy, int measuredMb)
        => (ProxyMemory.OfWorker(Benchmark, [proxy]) / 1e6).ShouldBeInRange(measuredMb, 2 * measuredMb + 50);

    /// <summary>
    /// grasp's peaks on the heaviest cell, the highest of its runs, where none, some and all of the tensors are large enough to lie apart.
    /// </summary>
    [Theory]
    [InlineData(8, 1, 32, 132)]
    [InlineData(8, 5, 8, 117)]
    [InlineData(8, 5, 16, 214)]
    [InlineData(8, 5, 32, 406)]
    [InlineData(8, 5, 64, 773)]
    [InlineData(8, 5, 128, 1114)]
    [InlineData(16, 5, 8, 210)]
    [InlineData(16, 5, 16, 381)]
    [InlineData(16, 5, 32, 782)]
    [InlineData(16, 5, 61, 1398)]
    [InlineData(16, 5, 64, 1119)]
    [InlineData(16, 5, 128, 1821)]
    [InlineData(16, 5, 256, 3102)]
    [InlineData(32, 5, 16, 813)]
    [InlineData(64, 5, 8, 1106)]
    [InlineData(64, 5, 16, 1675)]
    public void The_estimate_of_grasp_is_no_more_than_two_fifths_above_the_peak_whatever_lies_apart(
        int channels, int cells, int batch, int measuredMb)
        => (ProxyMemory.OfWorker(Of(channels, cells, batch), ["grasp"], canKeepApart: true) / 1e6)
            .ShouldBeInRange(measuredMb, 1.4 * measuredMb);

    /// <summary>The benchmark's network with glibc as it is: the setting that keeps large tensors apart was not made.</summary>
    [Fact]
    public void The_estimate_of_grasp_holds_where_nothing_can_lie_apart()
        => (ProxyMemory.OfWorker(Benchmark, ["grasp"], canKeepApart: false) / 1e6).ShouldBeInRange(1497, 1.4 * 1497);

    /// <summary>All thirteen together, as measured: small and large tensors, few and many weights.</summary>
    [Theory]
    [InlineData(8, 1, 8, 58)]
    [InlineData(8, 1, 32, 142)]
    [InlineData(8, 5, 32, 418)]
    [InlineData(16, 5, 32, 795)]
    [InlineData(16, 5, 64, 1130)]
    [InlineData(64, 2, 32, 1306)]
    [InlineData(64, 5, 8, 1652)]
    public void The_estimate_of_all_together_holds(int channels, int cells, int batch, int measuredMb)
        => (ProxyMemory.OfWorker(Of(channels, cells, batch), ZeroCostProxies.Names, canKeepApart: true) / 1e6)
            .ShouldBeInRange(measuredMb, 1.4 * measuredMb);

    [Fact]
    public void Proxies_share_a_pass_so_that_the_hungriest_counts()
        => ProxyMemory.OfWorker(Benchmark, ZeroCostProxies.Names).ShouldBe(ProxyMemory.OfWorker(Benchmark, ["grasp", "params"]));

    [Fact]
    public void A_search_s_network_takes_little()
        => ProxyMemory.OfWorker(ProxyTable.Shipped, ProxyTable.Proxies).ShouldBeLessThan(100_000_000);

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

    private static ProxySettings Of(int channels, int cells, int batch)
        => new() { Shape = NetworkShape.Of("cifar10", channels, cells), BatchSize = batch };
}
