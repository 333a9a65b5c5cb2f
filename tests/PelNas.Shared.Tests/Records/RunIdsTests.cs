namespace PelNas.Shared.Tests.Records;

public class RunIdsTests
{
    [Fact]
    public void An_id_begins_with_the_utc_start()
        => RunIds.Create(new DateTimeOffset(2026, 1, 2, 5, 4, 5, TimeSpan.FromHours(2)), "ab12").ShouldBe("20260102-030405-ab12");

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
    [InlineData("20260301-120000-../x")]
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

    [Fact]
    public void An_error_repeats_little_of_a_bad_value_and_no_control_character()
    {
        string bad = new string('x', 50) + "\r\nInjected: log line" + new string('y', 5_000);
        string message = Should.Throw<ArgumentException>(() => RunIds.Check(bad)).Message;
        message.Length.ShouldBeLessThan(300);
        message.ShouldNotContain("\n");
    }
}
