namespace PelNas.Shared.Tests.SearchSpaces;

public sealed class NasBench201Tests
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    [Fact]
    public void The_space_has_15625_cells_of_six_edges_and_five_operations()
    {
        Space.Name.ShouldBe("nas-bench-201");
        Space.Size.ShouldBe(15_625);
        Space.DecisionCount.ShouldBe(6);
        Space.DecisionNames.ShouldBe(["0->1", "0->2", "1->2", "0->3", "1->3", "2->3"]);
        Space.Operations.ShouldBe(["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"]);
        Enum.GetValues<NasBench201Operation>().Length.ShouldBe(Space.Operations.Count);
    }

    [Fact]
    public void Index_genotype_and_notation_are_bijections()
    {
        HashSet<string> seen = [];
        for (int index = 0; index < Space.Size; index++)
        {
            Space.IndexOf(Space.Genotype(index)).ShouldBe(index);
            string text = Space.Format(index);
            seen.Add(text).ShouldBeTrue(text);
            Space.TryParse(text, out int parsed, out string? error).ShouldBeTrue(error);
            parsed.ShouldBe(index);
        }
    }

    [Theory]
    [InlineData(0, "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|")]
    [InlineData(1, "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|")]
    [InlineData(3, "|avg_pool_3x3~0|+|skip_connect~0|none~1|+|none~0|none~1|skip_connect~2|")]
    public void The_first_cells_stand_as_published(int index, string architecture) => Space.Format(index).ShouldBe(architecture);

    [Fact]
    public void Genotype_order_is_the_order_of_the_notation()
    {
        int index = Space.IndexOf([0, 1, 2, 3, 4, 0]);
        Space.Format(index).ShouldBe("|none~0|+|skip_connect~0|nor_conv_1x1~1|+|nor_conv_3x3~0|avg_pool_3x3~1|none~2|");
    }

    [Property]
    public Property Every_cell_has_24_neighbours_that_differ_in_one_edge_and_have_it_as_neighbour() => Prop.ForAll(
        Gen.Choose(0, 15_624).ToArbitrary(),
        index =>
        {
            int[] neighbours = [.. Space.Neighbours(index)];
            neighbours.Distinct().Count().ShouldBe(24);
            foreach (int neighbour in neighbours)
            {
                Differences(index, neighbour).ShouldBe(1);
                Space.Neighbours(neighbour).ShouldContain(index);
            }
        });

    [Theory]
    [InlineData(-1)]
    [InlineData(15_625)]
    public void An_index_outside_the_space_is_refused(int index)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Space.Genotype(index).Length).Message.ShouldContain("0..15624");
        Should.Throw<ArgumentOutOfRangeException>(() => Space.Format(index));
        Should.Throw<ArgumentOutOfRangeException>(() => Space.Neighbours(index));
        Should.Throw<ArgumentOutOfRangeException>(() => Space.FunctionId(index));
        Should.Throw<ArgumentOutOfRangeException>(() => Space.IsConnected(index));
        Should.Throw<ArgumentOutOfRangeException>(() => Space.ParamsM(index));
    }

    [Fact]
    public void An_illegal_genotype_is_refused_with_its_edge()
    {
        Should.Throw<ArgumentException>(() => Space.IndexOf([0, 1, 2])).Message.ShouldContain("has 6 operations, this one has 3");
        Should.Throw<ArgumentException>(() => Space.IndexOf([0, 1, 5, 0, 0, 0])).Message.ShouldContain("Operation number 5 on edge 1->2");
    }

    private static int Differences(int left, int right)
    {
        int count = 0;
        for (int edge = 0; edge < Space.DecisionCount; edge++)
        {
            count += Space.Genotype(left)[edge] == Space.Genotype(right)[edge] ? 0 : 1;
        }

        return count;
    }
}
