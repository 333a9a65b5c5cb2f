using PelNas.Shared.Storage;


namespace PelNas.Shared.Tests.Storage;

public sealed class StoreGuardTests
{
    [Theory]
    [InlineData("20260301-120000-a")]
    [InlineData("20260301-235959-cifar10-fpga-s1")]
    [InlineData("20240229-000000-0123456789012345678901234567890123456789a")]
    public void Run_ids_are_recognised(string id)
    {
        RunIds.IsValid(id).ShouldBeTrue();
        Should.NotThrow(() => RunIds.Check(id));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("20260301-120000")]
    [InlineData("20260301-120000--a")]
    [InlineData("20260301-120000-a_b")]
    [InlineData("20260301-120000-a\n")]
    [InlineData("20260301-120000-A")]
    [InlineData("20260301-120000-é")]
    [InlineData("٢٠٢٦0301-120000-a")]
    [InlineData("20230229-120000-a")]
    [InlineData("20260301-240000-a")]
    [InlineData("20240229-000000-0123456789012345678901234567890123456789ab")]
    public void What_is_no_run_id_is_refused(string? id)
    {
        RunIds.IsValid(id).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => RunIds.Check(id)).ParamName.ShouldBe("runId");
    }

    [Fact]
    public void The_start_is_read_from_the_id() =>
        RunIds.StartOf("20260301-121314-a").ShouldBe(new DateTimeOffset(2026, 3, 1, 12, 13, 14, TimeSpan.Zero));

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

    [Fact]
    public void An_error_repeats_little_of_a_bad_value_and_no_control_character()
    {
        string message = Should.Throw<ArgumentException>(() => RunIds.Check(new string('x', 50) + "\r\nInjected: log line" + new string('y', 5_000))).Message;
        message.Length.ShouldBeLessThan(300);
        message.ShouldNotContain("\n");
    }
}
