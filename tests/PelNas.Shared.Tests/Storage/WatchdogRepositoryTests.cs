namespace PelNas.Shared.Tests.Storage;

public sealed class WatchdogRepositoryTests : RepositoryTest
{
    [Fact]
    public async Task The_latest_report_is_kept()
    {
        WatchdogRepository watchdog = new(Rows);
        (await watchdog.GetAsync(Cancellation)).ShouldBeNull();
        WatchdogReport report = new(Noon, [new StuckSearch(StoreSamples.RunId, Noon.AddHours(-1))]);
        await watchdog.PutAsync(report with { Stuck = [] }, Cancellation);
        await watchdog.PutAsync(report, Cancellation);
        ShouldBeSame(await watchdog.GetAsync(Cancellation), report);
        await ShouldNameTheDamagedRowAsync("Watchdog", "watchdog", () => watchdog.GetAsync(Cancellation));
    }
}
