namespace PelNas.Local.Tests.Engine;

public sealed class InstanceIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("run-20260301-p0")]
    [InlineData("with space ~ and @")]
    public void Printable_ids_are_valid(string id) => Should.NotThrow(() => InstanceId.Validate(id, "id"));

    [Fact]
    public void An_id_may_have_100_characters_and_not_101()
    {
        Should.NotThrow(() => InstanceId.Validate(new string('x', 100), "id"));
        Should.Throw<ArgumentException>(() => InstanceId.Validate(new string('x', 101), "id")).Message.ShouldContain("101 characters");
    }

    [Theory]
    [InlineData("@entity", "starts with '@'")]
    [InlineData("Zürich", "printable ASCII")]
    [InlineData("tab\there", "printable ASCII")]
    [InlineData("a/b", "/ \\ # ?")]
    [InlineData("a\\b", "/ \\ # ?")]
    [InlineData("a#b", "/ \\ # ?")]
    [InlineData("what?", "/ \\ # ?")]
    [InlineData("", "empty")]
    [InlineData(null, "null")]
    public void Others_are_refused_with_the_reason(string? id, string reason) =>
        Should.Throw<ArgumentException>(() => InstanceId.Validate(id, "id")).Message.ShouldContain(reason);
}
