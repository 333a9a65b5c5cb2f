namespace PelNas.Shared.Tests.Comparison.Strategies;

public sealed class SurrogateEnumerationTests
{
    private static readonly ISearchSpace Space = Trials.Fpga.Space;

    [Fact]
    public async Task It_starts_with_the_fastest_cell_and_three_live_ones_of_each_partition()
    {
        int[] start = (await Trials.RunAsync("surrogate-enumeration", 19)).Labels();
        PartitionMap map = Conv3x3Partitions.Create(Space);
        Trials.Fpga.LatencyMs[start[0]].ShouldBe(Trials.Fpga.LatencyMs.Min());
        start[1..].ShouldAllBe(index => Space.IsConnected(index));
        start[1..].CountBy(map.PartitionOf).ShouldAllBe(pair => pair.Value == 3);
    }

    [Fact]
    public async Task It_labels_no_other_cell_without_a_live_path_and_looks_at_the_whole_space()
    {
        var ledger = await Trials.RunAsync("surrogate-enumeration-scores", 60);
        ledger.Labels()[1..].ShouldAllBe(index => Space.IsConnected(index));
        ledger.Scored.ShouldBe(Space.Size);
    }

    [Fact]
    public async Task It_labels_a_function_once_at_its_fastest_cell_where_its_name_says_so()
    {
        int[] labels = (await Trials.RunAsync("surrogate-enumeration-scores-functions", 60)).Labels();
        labels.Select(Space.FunctionId).ShouldBeUnique();
        ILookup<int, int> cells = Enumerable.Range(0, Space.Size).ToLookup(Space.FunctionId);
        labels.ShouldAllBe(index =>
            cells[Space.FunctionId(index)].All(other => Trials.Fpga.LatencyMs[index] <= Trials.Fpga.LatencyMs[other]));
    }
}
