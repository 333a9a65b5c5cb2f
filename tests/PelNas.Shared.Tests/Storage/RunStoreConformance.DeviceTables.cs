using System.Collections.Immutable;
using PelNas.Shared.Common;
using PelNas.Shared.Records;

namespace PelNas.Shared.Tests.Storage;

public abstract partial class RunStoreConformance
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_latency_table_of_the_whole_space_is_read_bit_by_bit_as_it_was_written()
    {
        Random random = SeededRandom.For(1, "latencies");
        DeviceTable table = new("my-board_2", "cifar10", Noon, [.. Enumerable.Range(0, 15_625).Select(_ => random.NextDouble() * 100), double.Epsilon, 1e300]);
        await Store.PutDeviceTableAsync(table, Token);
        DeviceTable read = (await Open().GetDeviceTableAsync("my-board_2", "cifar10", null, Token)).ShouldNotBeNull();
        read.LatencyMs.ShouldBe(table.LatencyMs);
        read.Version.ShouldBe(table.Version);
        read.UploadedAt.ShouldBe(Noon);
        (read.Device, read.Dataset).ShouldBe(("my-board_2", "cifar10"));
    }

    [Fact]
    public async Task The_last_table_written_is_in_force_and_earlier_versions_can_still_be_read()
    {
        DeviceTable first = Table("board", "cifar10", 1, 2);
        DeviceTable second = Table("board", "cifar10", 3, 4);
        await Store.PutDeviceTableAsync(first, Token);
        await Store.PutDeviceTableAsync(second, Token);
        (await Store.GetDeviceTableAsync("board", "cifar10", null, Token))!.LatencyMs.ShouldBe([3, 4]);
        (await Store.GetDeviceTableAsync("board", "cifar10", first.Version, Token))!.LatencyMs.ShouldBe([1, 2]);

        await Store.PutDeviceTableAsync(first with { UploadedAt = Noon.AddHours(1) }, Token);
        DeviceTable again = (await Store.GetDeviceTableAsync("board", "cifar10", null, Token)).ShouldNotBeNull();
        again.LatencyMs.ShouldBe([1, 2]);
        again.UploadedAt.ShouldBe(Noon.AddHours(1));
        (await Store.ListDeviceTablesAsync(Token)).ShouldBe([again.Info]);
    }

    [Fact]
    public async Task Tables_are_listed_by_device_then_data_set()
    {
        DeviceTable[] tables = [Table("a", "cifar10", 1), Table("a", "cifar100", 2), Table("b", "cifar10", 3)];
        foreach (DeviceTable table in tables.Reverse())
        {
            await Store.PutDeviceTableAsync(table, Token);
        }

        (await Store.ListDeviceTablesAsync(Token)).ShouldBe([.. tables.Select(table => table.Info)]);
    }

    [Fact]
    public async Task A_table_that_was_never_written_is_null()
    {
        await Store.PutDeviceTableAsync(Table("board", "cifar10", 1), Token);
        (await Store.GetDeviceTableAsync("board", "cifar100", null, Token)).ShouldBeNull();
        (await Store.GetDeviceTableAsync("other", "cifar10", null, Token)).ShouldBeNull();
        (await Store.GetDeviceTableAsync("board", "cifar10", new string('0', 64), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_table_that_no_store_could_hold_is_refused()
    {
        await Should.ThrowAsync<ArgumentException>(() => Store.PutDeviceTableAsync(Table("board", "cifar10", 1, double.NaN), Token));
        await Should.ThrowAsync<ArgumentException>(() => Store.PutDeviceTableAsync(Table("board", "cifar10"), Token));
        await Should.ThrowAsync<ArgumentException>(() => Store.PutDeviceTableAsync(Table("a/b", "cifar10", 1), Token));
        (await Store.ListDeviceTablesAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public void Equal_latencies_have_equal_versions_and_others_have_others()
    {
        Table("a", "cifar10", 1, 2).Version.ShouldBe(Table("b", "cifar100", 1, 2).Version);
        Table("a", "cifar10", 1, 2).Version.ShouldNotBe(Table("a", "cifar10", 2, 1).Version);
        (Table("a", "cifar10", 1, 2) with { LatencyMs = [2, 1] }).Version.ShouldBe(Table("a", "cifar10", 2, 1).Version);
    }

    private static DeviceTable Table(string device, string dataset, params double[] latencies) => new(device, dataset, Noon, ImmutableArray.Create(latencies));

    [Fact]
    public async Task A_version_that_is_added_leaves_the_table_in_force_and_becomes_it_where_there_is_none()
    {
        DeviceTable first = new("board", "cifar10", DateTimeOffset.UnixEpoch, [1, 2]);
        DeviceTable second = first with { UploadedAt = DateTimeOffset.UnixEpoch.AddDays(1), LatencyMs = [3, 4] };
        await Store.AddDeviceTableAsync(first, Token);
        (await Open().ListDeviceTablesAsync(Token)).ShouldBe([first.Info]);
        await Store.AddDeviceTableAsync(second, Token);
        await Store.AddDeviceTableAsync(first with { UploadedAt = DateTimeOffset.UnixEpoch.AddDays(2) }, Token);
        (await Store.ListDeviceTablesAsync(Token)).ShouldBe([first.Info]);
        (await Store.GetDeviceTableAsync("board", "cifar10", second.Version, Token))!.LatencyMs.ShouldBe([3, 4]);
        (await Store.GetDeviceTableAsync("board", "cifar10", first.Version, Token))!.UploadedAt.ShouldBe(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task Versions_that_are_old_out_of_force_and_of_no_run_are_deleted_and_no_other()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        DeviceTable unused = Table("board", "cifar10", 1, 2);
        DeviceTable used = Table("board", "cifar10", 3, 4);
        DeviceTable inForce = Table("board", "cifar10", 5, 6);
        // The same latencies of another device, which a store may keep once.
        DeviceTable alike = Table("other", "cifar10", 1, 2);
        foreach (DeviceTable table in (DeviceTable[])[unused, used, inForce, alike])
        {
            await Store.PutDeviceTableAsync(table, Token);
        }

        HashSet<DeviceTableVersion> runs = [new("board", "cifar10", used.Version), new("board", "cifar100", unused.Version)];
        (await Store.DeleteDeviceTablesAsync(now.AddHours(-1), runs, 10, Token)).ShouldBe(0, "all are young");
        (await Store.DeleteDeviceTablesAsync(now.AddHours(1), runs, 10, Token)).ShouldBe(1);
        (await Open().DeleteDeviceTablesAsync(now.AddHours(1), runs, 10, Token)).ShouldBe(0);
        (await Store.GetDeviceTableAsync("board", "cifar10", unused.Version, Token)).ShouldBeNull();
        (await Store.GetDeviceTableAsync("board", "cifar10", used.Version, Token))!.LatencyMs.ShouldBe([3, 4]);
        (await Store.GetDeviceTableAsync("board", "cifar10", null, Token))!.LatencyMs.ShouldBe([5, 6]);
        (await Store.GetDeviceTableAsync("other", "cifar10", null, Token))!.LatencyMs.ShouldBe([1, 2]);

        await Store.PutDeviceTableAsync(unused, Token);
        (await Store.GetDeviceTableAsync("board", "cifar10", null, Token))!.LatencyMs.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Only_so_many_versions_are_deleted_at_once()
    {
        for (int i = 0; i < 6; i++)
        {
            await Store.PutDeviceTableAsync(Table("board", "cifar10", i + 1), Token);
        }

        DateTimeOffset later = TimeProvider.System.GetUtcNow().AddHours(1);
        (await Store.DeleteDeviceTablesAsync(later, new HashSet<DeviceTableVersion>(), 2, Token)).ShouldBe(2);
        (await Store.DeleteDeviceTablesAsync(later, new HashSet<DeviceTableVersion>(), 10, Token)).ShouldBe(3);
        (await Store.GetDeviceTableAsync("board", "cifar10", null, Token))!.LatencyMs.ShouldBe([6]);
        await Should.ThrowAsync<ArgumentException>(() => Store.DeleteDeviceTablesAsync(later, new HashSet<DeviceTableVersion>(), 0, Token));
    }
}
