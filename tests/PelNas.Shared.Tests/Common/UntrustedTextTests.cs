namespace PelNas.Shared.Tests.Common;

public sealed class UntrustedTextTests
{
    [Theory]
    [InlineData("abc", 5, "abc")]
    [InlineData("abc", 3, "abc")]
    [InlineData("abc", 2, "ab")]
    [InlineData("abc", 0, "")]
    [InlineData("a🧠b", 2, "a")]
    [InlineData("a🧠b", 3, "a🧠")]
    public void Cutting_never_tears_a_surrogate_pair(string text, int length, string expected) =>
        UntrustedText.Cut(text, length).ShouldBe(expected);

    [Property]
    public bool What_is_well_formed_stays_well_formed_when_cut(NonNull<string> start, byte length)
    {
        string text = start.Get + "🧠漢🧠🧠" + start.Get;
        return !IsWellFormed(text) || IsWellFormed(UntrustedText.Cut(text, length));
    }

    [Fact]
    public void Half_a_pair_is_replaced_and_nothing_else()
    {
        // Not theory data: attributes are kept as UTF-8, which has no half pairs.
        string[] wellFormed = ["", "plain", "🧠🧠", "a🧠"];
        string[] torn = ["\uD83E", "a\uDDE0b", "\uDDE0\uD83E", "🧠\uD83E"];
        wellFormed.ShouldAllBe(text => IsWellFormed(text));
        torn.Select(UntrustedText.WellFormed).ShouldBe(["\uFFFD", "a\uFFFDb", "\uFFFD\uFFFD", "🧠\uFFFD"]);
    }

    private static bool IsWellFormed(string text) => UntrustedText.WellFormed(text) == text;

    [Theory]
    [InlineData("one\r\ntwo\u2028three", "one  two three")]
    [InlineData("\u202eevil\u200b", "evil")]
    [InlineData("\u001b[31mred", "[31mred")]
    [InlineData("<script>&\u00e4\ud83d\ude00", "<script>&\u00e4\ud83d\ude00")]
    public void A_line_has_no_breaks_controls_or_invisible_characters(string text, string line)
        => UntrustedText.Line(text, 100).ShouldBe(line);

    // Not a case of the theory above: test cases are passed on as UTF-8, which has no half a pair.
    [Fact]
    public void A_line_has_no_half_surrogate_pair() => UntrustedText.Line("a\ud800b", 100).ShouldBe("a\ufffdb");

    [Fact]
    public void A_line_is_cut() => UntrustedText.Line(new string('x', 10), 4).ShouldBe("xxxx");
}
