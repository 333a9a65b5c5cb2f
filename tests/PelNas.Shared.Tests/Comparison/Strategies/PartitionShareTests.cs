namespace PelNas.Shared.Tests.Comparison.Strategies;

public sealed class PartitionShareTests
{
    [Theory]
    [InlineData("partitioned-random")]
    [InlineData("partitioned-evolution")]
    public async Task Each_partition_gets_the_same_share_of_the_labels(string strategy)
    {
        PartitionMap map = Conv3x3Partitions.Create(Trials.Fpga.Space);
        int[] labels = (await Trials.RunAsync(strategy, 62)).Labels();
        int[] shares = [.. labels.CountBy(map.PartitionOf).OrderBy(pair => pair.Key).Select(pair => pair.Value)];
        shares.ShouldBe([11, 11, 10, 10, 10, 10]);
    }

    [Fact]
    public async Task A_partition_that_is_used_up_leaves_its_share_to_the_others()
    {
        // The smallest has 265 cells.
        PartitionMap map = Conv3x3Partitions.Create(Trials.Fpga.Space);
        int[] labels = (await Trials.RunAsync("partitioned-random", 2000)).Labels();
        labels.Length.ShouldBe(2000);
        labels.Count(index => map.PartitionOf(index) == 5).ShouldBe(265);
    }
}
