namespace PelNas.Shared.Tests.SearchSpaces;

public sealed class NasBench201OrderFeaturesTests
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    [Fact]
    public void The_layout_is_as_documented()
        // 0->1 conv 3x3, 0->2 skip, 1->2 pool, 0->3 none, 1->3 conv 1x1, 2->3 skip. Live paths: 3x3 then 1x1; 3x3 then pool; identity.
        => Features(Space.IndexOf([3, 1, 4, 0, 2, 1])).ShouldBe([2, 0, 0, 0, 1, 1, 0, 1, 1, 0, 0, 0]);

    [Fact]
    public void Paths_of_the_same_counts_in_another_order_differ()
        => Features(Space.IndexOf([3, 0, 0, 0, 4, 0])).ShouldNotBe(Features(Space.IndexOf([4, 0, 0, 0, 3, 0])));

    [Fact]
    public void A_cell_without_a_live_path_is_all_zero()
        => Enumerable.Range(0, Space.Size).Where(index => !Space.IsConnected(index))
            .ShouldAllBe(index => Features(index).All(value => value == 0));

    [Fact]
    public void A_short_destination_is_refused()
        => Should.Throw<ArgumentException>(() => Space.WriteOrderFeatures(5, new double[3]))
            .Message.ShouldContain("holds 3 values, 12 are written");

    internal static double[] Features(int index)
    {
        double[] features = new double[Space.OrderFeatureCount];
        Space.WriteOrderFeatures(index, features);
        return features;
    }
}
