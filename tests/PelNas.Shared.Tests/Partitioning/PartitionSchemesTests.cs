namespace PelNas.Shared.Tests.Partitioning;

public class PartitionSchemesTests
{
    private static readonly BenchmarkTables Tables = BenchmarkTables.OpenDefault();

    [Fact]
    public void Conv3x3_has_the_six_partitions_of_the_paper()
    {
        PartitionMap map = Create(PartitionSchemes.Conv3x3, 6, "fpga");

        map.Plans.Select(plan => plan.Size).ShouldBe([729, 3367, 6144, 3840, 1280, 265]);
    }

    [Fact]
    public void Conv3x3_members_keep_their_partitions_bounds()
    {
        PartitionMap map = Create(PartitionSchemes.Conv3x3, 6, "fpga");
        ISearchSpace space = Tables.Space;

        for (int index = 0; index < space.Size; index++)
        {
            string[] operations = [.. space.Genotype(index).ToArray().Select(number => space.Operations[number])];
            int[] fitting =
            [
                .. map.Bounds.Select((bounds, partition) => (bounds, partition))
                    .Where(pair => pair.bounds.OperationCounts.All(entry =>
                        operations.Count(operation => operation == entry.Key) is int count && count >= entry.Value.Min
                            && count <= entry.Value.Max))
                    .Select(pair => pair.partition),
            ];
            fitting.ShouldBe([map.PartitionOf(index)]);
        }
    }

    [Theory]
    [InlineData("raspi4", 2)]
    [InlineData("raspi4", 6)]
    [InlineData("pixel3", 12)]
    [InlineData("eyeriss", 6)]
    [InlineData("fpga", 6)]
    public void Latency_quantiles_are_disjoint_intervals_that_hold_every_architecture(string device, int partitions)
    {
        PartitionMap map = Create(PartitionSchemes.LatencyQuantile, partitions, device);
        IReadOnlyList<double> latency = Tables.GetContext("cifar10", device).LatencyMs;

        map.Plans.Count.ShouldBe(partitions);
        map.Plans.Sum(plan => plan.Size).ShouldBe(Tables.Space.Size);
        map.Plans.ShouldAllBe(plan => plan.Size > 0);
        for (int partition = 0; partition < partitions; partition++)
        {
            PartitionBounds bounds = map.Bounds[partition];
            map.Members(partition).ShouldAllBe(index =>
                latency[index] >= (bounds.MinLatencyMs ?? double.MinValue) && latency[index] < (bounds.MaxLatencyMs ?? double.MaxValue));
        }
    }

    [Fact]
    public void Latency_quantiles_of_distinct_latencies_have_about_equal_sizes()
    {
        PartitionMap map = Create(PartitionSchemes.LatencyQuantile, 5, "raspi4");

        map.Plans.ShouldAllBe(plan => Math.Abs(plan.Size - 3125) <= 2);
    }

    [Fact]
    public void What_the_device_cannot_run_counts_as_slowest_and_moves_no_cut()
    {
        IReadOnlyList<double> latencies = Support.StepHarness.Tables.GetContext("cifar10", "edgetpu").LatencyMs;
        PartitionMap map = PartitionSchemes.Create(PartitionSchemes.LatencyQuantile, 6, NasBench201.Instance, latencies);
        for (int index = 0; index < latencies.Count; index++)
        {
            if (double.IsNaN(latencies[index]))
            {
                map.PartitionOf(index).ShouldBe(5);
            }
        }

        for (int partition = 0; partition < 6; partition++)
        {
            map.Members(partition).Count(index => double.IsFinite(latencies[index])).ShouldBeInRange(1_800, 1_842);
        }
    }

    [Theory]
    [InlineData(PartitionSchemes.ComplexityQuantile, 6)]
    [InlineData(PartitionSchemes.LatencyQuantile, 4)]
    [InlineData(PartitionSchemes.None, 1)]
    public void More_architectures_of_an_open_space_go_where_its_sample_was_cut(string scheme, int partitions)
    {
        OpenBenchmark open = (OpenBenchmark)Tables.GetSpace("accel-nasbench-open");
        BenchmarkContext sample = open.GetContext("imagenet", "zcu102-latency", seed: 1);
        byte[][] further = [[], .. open.Decisions.Sample(100, new Random(1)).Where(genotype => sample.Space.IndexOf(genotype) < 0)];
        BenchmarkContext grown = open.Extend(sample, further);

        PartitionMap map = PartitionSchemes.Create(scheme, partitions, sample.Space, sample.LatencyMs).Extend(grown.Space, grown.LatencyMs);

        PartitionMap expected = PartitionSchemes.Create(scheme, partitions, grown.Space, grown.LatencyMs);
        Enumerable.Range(0, grown.Space.Size).Select(map.PartitionOf)
            .ShouldBe(Enumerable.Range(0, grown.Space.Size).Select(expected.PartitionOf));
        map.Plans.ShouldBe(expected.Plans);
        map.Bounds.ShouldBe(expected.Bounds);
    }

    [Fact]
    public void The_scheme_none_is_one_partition_without_bounds()
    {
        PartitionMap map = Create(PartitionSchemes.None, 1, "fpga");

        map.Plans.ShouldHaveSingleItem().Size.ShouldBe(15_625);
        map.Members(0).Count().ShouldBe(15_625);
    }

    [Theory]
    [InlineData("conv3x3", 5, "exactly 6")]
    [InlineData("none", 6, "exactly 1")]
    [InlineData("latency-quantile", 1, "2 to 12")]
    [InlineData("latency-quantile", 13, "2 to 12")]
    [InlineData("random", 6, "allowed are conv3x3, latency-quantile, complexity-quantile, none")]
    public void A_cut_that_is_not_offered_is_refused_with_what_is_allowed(string scheme, int partitions, string expected)
        => Should.Throw<ArgumentException>(() => Create(scheme, partitions, "fpga")).Message.ShouldContain(expected);

    private static PartitionMap Create(string scheme, int partitions, string device)
        => PartitionSchemes.Create(scheme, partitions, Tables.Space, Tables.GetContext("cifar10", device).LatencyMs);
}
