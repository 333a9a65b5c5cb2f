using PelNas.Shared.SearchSpaces;


namespace PelNas.Shared.Tests.SearchSpaces;

public sealed class NasBench201FunctionsTests
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    [Fact]
    public void The_space_has_the_6466_functions_of_the_paper()
    {
        Space.FunctionCount.ShouldBe(6_466);
        Enumerable.Range(0, Space.Size).Select(Space.FunctionId).Distinct().Order().ShouldBe(Enumerable.Range(0, 6_466));
    }

    [Theory]
    [InlineData("333000", "121000", true, "without an edge into the output the function is zero")]
    [InlineData("013000", "022000", true, "what reaches no output does not matter")]
    [InlineData("002000", "003010", true, "an edge out of a zero node is dead")]
    [InlineData("300010", "000300", true, "a skip passes a convolution on unchanged")]
    [InlineData("200310", "300210", true, "the summands of a node have no order")]
    [InlineData("300020", "200030", false, "the order of the operations on a path matters")]
    [InlineData("100110", "000100", false, "two parallel skips are twice the input")]
    [InlineData("000310", "000300", true, "a skip out of a zero node is no summand")]
    [InlineData("100310", "000300", false, "a convolution beside a skip is not a convolution alone")]
    [InlineData("300010", "030001", false, "the benchmark keeps the zero summand of node 2 in sight")]
    public void Functions_are_told_apart_as_the_benchmark_does(string left, string right, bool same, string why) =>
        (Space.FunctionId(Index(left)) == Space.FunctionId(Index(right))).ShouldBe(same, why);

    private static int Index(string digits) => Space.IndexOf([.. digits.Select(digit => (byte)(digit - '0'))]);
}
