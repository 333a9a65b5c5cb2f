using Microsoft.Extensions.Configuration;
using PelNas.Local.Host.Catalog;
using PelNas.Local.Host.Timers;

namespace PelNas.Local.Tests.Host.Timers;

public sealed class TimerScheduleTests
{
    private static readonly IConfiguration Settings = new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Nightly"] = "0 30 2 * * *" })
        .Build();

    [Theory]
    [InlineData("0 30 2 * * *", "2026-03-01T02:30:00", "2026-03-02T02:30:00")]
    [InlineData("%Nightly%", "2026-03-01T02:30:00", "2026-03-02T02:30:00")]
    [InlineData("*/15 * * * * *", "2026-03-01T00:00:14", "2026-03-01T00:00:15")]
    [InlineData("0 0 0 29 2 *", "2026-03-01T00:00:00", "2028-02-29T00:00:00")]
    [InlineData("0 0 9 * * Mon-Fri", "2026-10-16T10:00:00", "2026-10-19T09:00:00")]
    public void The_next_time_is_strictly_later_and_in_utc(string expression, string from, string expected)
    {
        var next = TimerSchedule.Parse(expression, Settings).NextAfter(Utc(from));

        next.ShouldBe(Utc(expected));
        next.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Theory]
    [InlineData("0 0 0 * *", "must contain 6 components")]
    [InlineData("00:05:00", "must contain 6 components")]
    [InlineData("0 0 25 * * *", "is not valid")]
    [InlineData("0 0 0 30 2 *", "never comes true")]
    [InlineData("%Missing%", "names the setting 'Missing', which is not there; set it")]
    public void What_is_no_schedule_is_refused(string expression, string expected) =>
        Should.Throw<FunctionDefinitionException>(() => TimerSchedule.Parse(expression, Settings)).Message.ShouldContain(expected);

    private static DateTime Utc(string text) =>
        DateTimeOffset.Parse($"{text}Z", System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;
}
