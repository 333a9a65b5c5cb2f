using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage.AzureTables;

/// <summary>What a purge of latency tables does to those that are written to meanwhile, and when it ends half-way.</summary>
public sealed class UnusedDeviceTablesTests(AzuriteFixture azurite) : AzuriteTest(azurite)
{
    private static readonly DeviceTable Old = new("board", "cifar10", DateTimeOffset.UnixEpoch, [1, 2]);

    private static readonly HashSet<DeviceTableVersion> None = [];

    // By the service's clock: whatever is written now is old an hour from now.
    private static DateTimeOffset Later => TimeProvider.System.GetUtcNow().AddHours(1);

    [Theory]
    [InlineData("put", "DeviceTables")]
    [InlineData("add", "DeviceTables")]
    [InlineData("put", "pelnas")]
    [InlineData("add", "pelnas")]
    [InlineData("put for another device", "pelnas")]
    public async Task A_version_that_is_written_just_before_it_or_its_blob_is_deleted_stays(string how, string deleted)
    {
        await SupersedeAsync();
        AzureTablesRunStore purging = await HookedAsync(hooks => hooks.Before = request
            => request.Method == "DELETE" && request.Uri.AbsolutePath.Contains(deleted, StringComparison.Ordinal) ? WriteAsync() : Task.CompletedTask);
        await purging.DeleteDeviceTablesAsync(Later, None, 10, Token);
        DeviceTable written = how == "put for another device" ? Old with { Device = "other" } : Old;
        (await Store.GetDeviceTableAsync(written.Device, "cifar10", Old.Version, Token)).ShouldNotBeNull().LatencyMs.ShouldBe(Old.LatencyMs);

        Task WriteAsync() => how switch
        {
            "put" => Store.PutDeviceTableAsync(Old, Token),
            "add" => Store.AddDeviceTableAsync(Old, Token),
            _ => Store.PutDeviceTableAsync(Old with { Device = "other" }, Token),
        };
    }

    [Fact]
    public async Task A_purge_that_stops_after_any_write_is_completed_by_the_next_one()
    {
        int writes = 0;
        for (bool stopped = true; stopped; writes++)
        {
            await SupersedeAsync();
            stopped = await StopsAsync(writes, store => store.DeleteDeviceTablesAsync(Later, None, 10, Token));
            await Store.DeleteDeviceTablesAsync(Later, None, 10, Token);
            (await Store.GetDeviceTableAsync("board", "cifar10", Old.Version, Token)).ShouldBeNull();
            (await Store.GetDeviceTableAsync("board", "cifar10", null, Token))!.LatencyMs.ShouldBe([3, 4]);
            (await Stores.Container().GetBlobsAsync(cancellationToken: Token).CountAsync(Token)).ShouldBe(1);
        }

        writes.ShouldBe(3, "the row, the blob");
    }

    private async Task SupersedeAsync()
    {
        await Store.PutDeviceTableAsync(Old, Token);
        await Store.PutDeviceTableAsync(Old with { LatencyMs = [3, 4] }, Token);
    }
}
