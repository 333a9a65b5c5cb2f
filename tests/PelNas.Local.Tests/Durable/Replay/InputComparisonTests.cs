using PelNas.Local.Durable.Replay;

namespace PelNas.Local.Tests.Durable.Replay;

public sealed class InputComparisonTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("1", "1")]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1}""")]
    [InlineData("""{"a":1}""", """{"a":1,"added":null}""")]
    [InlineData("""{"a":[{"x":1,"gone":2}]}""", """{"a":[{"x":1}]}""")]
    public void Inputs_are_the_same_up_to_members_that_one_side_lacks(string? recorded, string? asked) =>
        InputComparison.Same(recorded, asked).ShouldBeTrue();

    [Theory]
    [InlineData(null, "1")]
    [InlineData("1", "2")]
    [InlineData("[1,2]", "[2,1]")]
    [InlineData("[1]", "[1,1]")]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":{"b":"x"}}""", """{"a":{"b":"y"}}""")]
    [InlineData("""{"a":1}""", "[1]")]
    [InlineData("""{"a":null}""", """{"a":1}""")]
    public void Other_differences_count(string? recorded, string? asked) => InputComparison.Same(recorded, asked).ShouldBeFalse();
}
