namespace PelNas.Cli.Tests.Searching;

public sealed class CellNotationTests
{
    [Theory]
    [InlineData("|skip_connect~0|+|none~0|nor_conv_3x3~1|+|nor_conv_1x1~0|avg_pool_3x3~1|none~2|", "skip|none 3x3|1x1 pool none")]
    [InlineData(
        "|avg_pool_3x3~0|+|avg_pool_3x3~0|avg_pool_3x3~1|+|avg_pool_3x3~0|avg_pool_3x3~1|avg_pool_3x3~2|", "pool|pool pool|pool pool pool")]
    [InlineData("a cell of another space", "a cell of another space")]
    public void A_cell_is_its_operations_by_node(string architecture, string cell) => CellNotation.Shorten(architecture).ShouldBe(cell);
}
