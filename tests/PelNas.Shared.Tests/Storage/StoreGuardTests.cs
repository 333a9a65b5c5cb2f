namespace PelNas.Shared.Tests.Storage;

public sealed class StoreGuardTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\u0000b")]
    [InlineData("a\tb")]
    [InlineData("a\u0085b")]
    public void Keys_that_a_table_refuses_are_refused(string key) =>
        Should.Throw<ArgumentException>(() => StoreGuard.Key(key, "device")).ParamName.ShouldBe("device");

    [Fact]
    public void Keys_may_have_512_characters_of_UTF16()
    {
        Should.NotThrow(() => StoreGuard.Key(new string('a', 512), "device"));
        Should.NotThrow(() => StoreGuard.Key("|nor_conv_3x3~0|+|none~0|none~1|", "device"));
        Should.Throw<ArgumentException>(() => StoreGuard.Key(new string('a', 513), "device")).Message.ShouldContain("has 513 characters");
        Should.NotThrow(() => StoreGuard.Key(new string('漢', 512), "device"));
        Should.Throw<ArgumentException>(() => StoreGuard.Key(new string('漢', 513), "device"));
        Should.Throw<ArgumentException>(() => StoreGuard.Key("half a pair \uD83E", "device"));
    }
}
