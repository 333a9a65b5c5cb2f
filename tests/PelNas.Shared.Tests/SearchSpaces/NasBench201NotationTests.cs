namespace PelNas.Shared.Tests.SearchSpaces;

public sealed class NasBench201NotationTests
{
    private const string Legal = "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|";

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("  ", "empty")]
    [InlineData("|none~0|", "has 1 node separated by '+', but the cell has 3")]
    [InlineData("|none~0|+|none~0|none~1|", "has 2 nodes separated by '+'")]
    [InlineData(
        "|none~0|+none~0|none~1|+|none~0|none~1|none~2|", "Node 2 (character 10) is 'none~0|none~1|', but a node starts and ends with '|'")]
    [InlineData("|none~0|+|none~0|+|none~0|none~1|none~2|", "Node 2 (character 10) has 1 edge, but 2 edges lead into it")]
    [InlineData("|none~0|+|none~0|none~1|+|none~0|none~1|none~2|none~3|", "Node 3 (character 26) has 4 edges, but 3 edges lead into it")]
    [InlineData(
        "|none~0|+|none~0|conv_5x5~1|+|none~0|none~1|none~2|",
        "Edge 1->2 (character 18) has the unknown operation 'conv_5x5'; allowed are none, skip_connect, nor_conv_1x1, "
            + "nor_conv_3x3, avg_pool_3x3")]
    [InlineData("|none~0|+|none~0|None~1|+|none~0|none~1|none~2|", "unknown operation 'None'")]
    [InlineData("|none~0|+|none~0|none~0|+|none~0|none~1|none~2|",
        "Edge 1->2 (character 23) names the input '0', but this is the place of the edge from node 1: write ~1")]
    [InlineData("|none~0|+|none~0|none~1|+|none~0|none~1|none|", "Edge 2->3 (character 41) is 'none', but an edge is written operation~2")]
    [InlineData("|none~0|+|none~0|none~1|+|none~0|none~1|none~22|", "names the input '22'")]
    [InlineData("  |none~0|+|none~0|oops~1|+|none~0|none~1|none~2|", "Edge 1->2 (character 20)")]
    public void A_fault_is_named_with_its_place(string? text, string expected)
    {
        NasBench201.Instance.TryParse(text, out int index, out string? error).ShouldBeFalse();
        index.ShouldBe(-1);
        error.ShouldNotBeNull().ShouldContain(expected);
    }

    [Fact]
    public void White_space_around_an_architecture_is_ignored()
    {
        NasBench201.Instance.TryParse($" {Legal}\n", out int index, out string? error).ShouldBeTrue(error);
        NasBench201.Instance.Format(index).ShouldBe(Legal);
    }

    [Fact]
    public void A_message_quotes_no_more_than_forty_characters_of_what_it_was_given()
    {
        string text = Legal.Replace("none~2", new string('x', 10_000) + "~2", StringComparison.Ordinal);
        NasBench201.Instance.TryParse(text, out _, out string? error).ShouldBeFalse();
        error.ShouldNotBeNull().Length.ShouldBeLessThan(300);
    }
}
