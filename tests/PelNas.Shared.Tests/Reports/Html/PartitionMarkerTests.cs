using PelNas.Shared.Reports.Html;


namespace PelNas.Shared.Tests.Reports.Html;

public sealed class PartitionMarkerTests
{
    [Fact]
    public void Thirty_six_partitions_look_different() =>
        Enumerable.Range(0, 36).Select(partition => PartitionMarker.Class(partition) + PartitionMarker.Path(partition, 5, 5, 4)).Distinct().Count().ShouldBe(36);

    [Fact]
    public void The_first_six_differ_in_colour_and_in_shape()
    {
        Enumerable.Range(0, 6).Select(PartitionMarker.Class).Distinct().Count().ShouldBe(6);
        Enumerable.Range(0, 6).Select(partition => PartitionMarker.Path(partition, 5, 5, 4)).Distinct().Count().ShouldBe(6);
    }
}
