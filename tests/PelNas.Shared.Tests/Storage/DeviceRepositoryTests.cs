namespace PelNas.Shared.Tests.Storage;

public sealed class DeviceRepositoryTests : RepositoryTest
{
    private readonly DeviceRepository _devices;

    public DeviceRepositoryTests() => _devices = new DeviceRepository(Rows);

    [Fact]
    public async Task A_table_of_the_whole_space_is_read_bit_by_bit_as_it_was_written()
    {
        Random random = SeededRandom.For(1, "latencies");
        double[] latencies = [.. Enumerable.Range(0, 15_623).Select(_ => random.NextDouble() * 100), double.Epsilon, 1e300];
        DeviceTable table = Table("my-board_2", "cifar10", latencies);
        await _devices.PutAsync(table, Cancellation);
        DeviceTable read = (await new DeviceRepository(Rows).GetAsync("my-board_2", "cifar10", null, Cancellation)).ShouldNotBeNull();
        read.LatencyMs.ShouldBe(table.LatencyMs);
        read.Info.ShouldBe(table.Info);
    }

    [Fact]
    public async Task The_last_table_put_is_in_force_and_earlier_ones_are_kept()
    {
        DeviceTable first = Table("board", "cifar10", 1, 2);
        DeviceTable second = Table("board", "cifar10", 3, 4);
        await _devices.PutAsync(first, Cancellation);
        await _devices.PutAsync(second, Cancellation);
        (await _devices.GetAsync("board", "cifar10", null, Cancellation))!.LatencyMs.ShouldBe([3, 4]);
        (await _devices.GetAsync("board", "cifar10", first.Version, Cancellation))!.LatencyMs.ShouldBe([1, 2]);

        await _devices.PutAsync(first with { UploadedAt = Noon.AddHours(1) }, Cancellation);
        DeviceTable again = (await _devices.GetAsync("board", "cifar10", null, Cancellation)).ShouldNotBeNull();
        again.LatencyMs.ShouldBe([1, 2]);
        again.UploadedAt.ShouldBe(Noon.AddHours(1));
        (await _devices.ListAsync(Cancellation)).ShouldBe([again.Info]);
    }

    [Fact]
    public async Task A_table_that_is_added_leaves_the_one_in_force_and_becomes_it_where_there_is_none()
    {
        DeviceTable first = Table("board", "cifar10", 1, 2);
        DeviceTable second = Table("board", "cifar10", 3, 4) with { UploadedAt = Noon.AddDays(1) };
        await _devices.AddAsync(first, Cancellation);
        await _devices.AddAsync(second, Cancellation);
        await _devices.AddAsync(first with { UploadedAt = Noon.AddDays(2) }, Cancellation);
        (await _devices.ListAsync(Cancellation)).ShouldBe([first.Info]);
        (await _devices.GetAsync("board", "cifar10", second.Version, Cancellation))!.LatencyMs.ShouldBe([3, 4]);
        (await _devices.GetAsync("board", "cifar10", first.Version, Cancellation))!.UploadedAt.ShouldBe(Noon);
    }

    [Fact]
    public async Task Tables_are_listed_by_device_then_data_set()
    {
        DeviceTable[] tables = [Table("a", "cifar10", 1), Table("a", "cifar100", 1), Table("b", "cifar10", 3), Table("cc", "cifar10", 1)];
        foreach (DeviceTable table in tables.Reverse())
        {
            await _devices.PutAsync(table, Cancellation);
        }

        (await _devices.ListAsync(Cancellation)).ShouldBe([.. tables.Select(table => table.Info)]);
    }

    [Fact]
    public async Task A_table_that_was_never_written_is_null()
    {
        await _devices.PutAsync(Table("a:b", "c", 1), Cancellation);
        (await _devices.GetAsync("a", "b:c", null, Cancellation)).ShouldBeNull("names with colons are kept apart");
        (await _devices.GetAsync("a:b", "cifar100", null, Cancellation)).ShouldBeNull();
        (await _devices.GetAsync("a:b", "c", new string('0', 64), Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task A_table_that_no_store_could_hold_is_refused()
    {
        await Should.ThrowAsync<ArgumentException>(
            () => _devices.PutAsync(Table("board", "cifar10", 1, double.PositiveInfinity), Cancellation));
        await Should.ThrowAsync<ArgumentException>(() => _devices.PutAsync(Table("a/b", "cifar10", 1), Cancellation));
        (await _devices.ListAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Measurements_come_back_with_what_they_predict_and_cells_that_do_not_run()
    {
        DeviceTable table = Table("board", "cifar10", 1, double.NaN, 3) with
        {
            Measured = new DeviceMeasurements([new(0, 1, 3, 0.25), new(1, null)], [0.1, 0, 0.5], new LatencyValidation(1, 0.9, 0.05)),
            Setup = new MeasurementSetup("a machine", "a runtime", 2, Noon, 16, 5, 15, 32, 10, 3),
        };
        await _devices.PutAsync(table, Cancellation);

        DeviceTable read = (await _devices.GetAsync("board", "cifar10", null, Cancellation)).ShouldNotBeNull();
        read.LatencyMs.ShouldBe(table.LatencyMs);
        read.Measured.ShouldNotBeNull().Cells.ShouldBe(table.Measured!.Cells);
        read.Measured.DeviationMs.ShouldBe(table.Measured.DeviationMs);
        read.Info.ShouldBe(table.Info);
        (await _devices.ListAsync(Cancellation)).Single()
            .ShouldBe(new DeviceTableInfo("board", "cifar10", table.Version, Noon, 1, 2, new LatencyValidation(1, 0.9, 0.05), table.Setup));
        (table with { Measured = table.Measured with { DeviationMs = [0.1, 0, 0.6] } }).Version.ShouldNotBe(table.Version);
    }

    [Fact]
    public void Equal_latencies_have_equal_versions_and_others_have_others()
    {
        Table("a", "cifar10", 1, 2).Version.ShouldBe(Table("b", "cifar100", 1, 2).Version);
        Table("a", "cifar10", 1, 2).Version.ShouldNotBe(Table("a", "cifar10", 2, 1).Version);
        (Table("a", "cifar10", 1, 2) with { LatencyMs = [2, 1] }).Version.ShouldBe(Table("a", "cifar10", 2, 1).Version);
    }

    [Fact]
    public async Task A_damaged_row_is_named()
    {
        DeviceTable table = Table("board", "cifar10", 1);
        await _devices.PutAsync(table, Cancellation);
        await ShouldNameTheDamagedRowAsync("Devices", "contents", () => _devices.GetAsync("board", "cifar10", table.Version, Cancellation));
        await ShouldNameTheDamagedRowAsync(
            "Devices", "in-force", () => _devices.GetAsync("board", "cifar10", null, Cancellation), () => _devices.ListAsync(Cancellation));
    }

    private static DeviceTable Table(string device, string dataset, params double[] latencies)
        => new(device, dataset, Noon, ImmutableArray.Create(latencies));
}
