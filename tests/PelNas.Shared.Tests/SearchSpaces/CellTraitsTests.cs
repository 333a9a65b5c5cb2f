namespace PelNas.Shared.Tests.SearchSpaces;

public class CellTraitsTests
{
    private static readonly NasBench201 Space = NasBench201.Instance;
    private static readonly CellTraits Traits = CellTraits.For(Space);

    [Theory]
    [InlineData("nor_conv_3x3", 2)]
    [InlineData("skip_connect", 1)]
    [InlineData("skip_connect@0->3", 1)]
    [InlineData("nor_conv_3x3@1->3", 1)]
    [InlineData("none@0->2", 1)]
    [InlineData("none@0->1", 0)]
    [InlineData("depth:nor_conv_3x3", 2)]
    [InlineData("depth", 2)]
    [InlineData("convolutions", 2)]
    [InlineData("paths", 2)]
    [InlineData("skipPaths", 1)]
    public void The_basic_block_of_ResNet_has_its_traits(string trait, int value)
        => Traits.Of(StepHarness.Index("|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|nor_conv_3x3~1|none~2|"), trait).ShouldBe(value);

    [Fact]
    public void Dead_edges_count_for_nothing()
    {
        int cell = StepHarness.Index("|nor_conv_3x3~0|+|nor_conv_1x1~0|none~1|+|skip_connect~0|none~1|none~2|");

        Traits.Of(cell, "convolutions").ShouldBe(0);
        Traits.Of(cell, "none@0->1").ShouldBe(1);
        Traits.Of(cell, "paths").ShouldBe(1);
    }

    [Fact]
    public void Names_are_found_in_any_case_and_others_are_not()
    {
        Traits.Find(" Skip_Connect@0->3 ").ShouldBe("skip_connect@0->3");
        Traits.Find("conv5x5").ShouldBeNull();
        Traits.Find(null).ShouldBeNull();
    }
}
