namespace PelNas.Shared.Tests.Comparison.Systems;

public sealed class NnDegreeTests
{
    private static readonly double[] Degrees = [.. LiveCell.All(NasBench201.Instance).Select(NnDegree.Of)];

    /// <summary>Without a label. The figures are those of an independent program on the same tables.</summary>
    [Theory]
    [InlineData("cifar10", 0.785)]
    [InlineData("cifar100", 0.796)]
    [InlineData("imagenet16-120", 0.793)]
    public void It_ranks_the_cells_of_the_space_without_a_label(string dataset, double expected)
        => Correlation.Spearman(Degrees, StepHarness.Tables.GetContext(dataset, "fpga").TestAccuracy).ShouldBe(expected, 0.001);

    [Theory]
    [InlineData("|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|", 224)]
    [InlineData("|none~0|+|none~0|none~1|+|nor_conv_1x1~0|none~1|none~2|", 112)]
    [InlineData("|skip_connect~0|+|none~0|none~1|+|nor_conv_1x1~0|avg_pool_3x3~1|none~2|", (112 + 6) / 2.0)]
    [InlineData("|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|none~1|nor_conv_3x3~2|", 3)]
    [InlineData("|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|nor_conv_3x3~2|", 0)]
    public void It_is_the_mean_in_degree_of_live_nodes(string cell, double expected)
    {
        NasBench201.Instance.TryParse(cell, out int index, out _).ShouldBeTrue();
        Degrees[index].ShouldBe(expected, 1e-12);
    }
}
