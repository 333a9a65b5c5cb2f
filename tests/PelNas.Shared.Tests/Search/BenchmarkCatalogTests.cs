namespace PelNas.Shared.Tests.Search;

public sealed class BenchmarkCatalogTests
{
    private static readonly BenchmarkTables Tables = BenchmarkTables.OpenDefault();

    private readonly CountingRowStore _rows = new();
    private readonly BenchmarkCatalog _catalog;

    public BenchmarkCatalogTests() => _catalog = new BenchmarkCatalog(Tables, new DeviceRepository(_rows));

    [Fact]
    public async Task A_device_that_ships_comes_from_the_tables_and_touches_no_store()
    {
        BenchmarkContext context = await _catalog.GetContextAsync("cifar10", "fpga", null, Cancellation);
        context.ShouldBeSameAs(Tables.GetContext("cifar10", "fpga"));
        context.TableVersion.ShouldBeNull();
        _rows.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task An_uploaded_table_has_the_accuracies_of_its_data_set_and_the_metrics_of_its_latencies()
    {
        DeviceTable table = await UploadAsync("board", 1);
        BenchmarkContext context = await _catalog.GetContextAsync("cifar10", "board", null, Cancellation);
        context.LatencyMs.ShouldBe(table.LatencyMs);
        context.TestAccuracy.ShouldBe(Tables.GetAccuracy("cifar10", LabelSources.Test));
        context.ValidationAccuracy.ShouldBe(Tables.GetAccuracy("cifar10", LabelSources.Validation));
        context.TableVersion.ShouldBe(table.Version);
        context.Metrics.Evaluate(context.Metrics.ExactFront, LabelSources.Test).HypervolumeRatio.ShouldBe(1, 1e-12);
        (await _catalog.GetContextAsync("cifar10", "board", table.Version, Cancellation)).ShouldBeSameAs(context);
    }

    [Fact]
    public async Task A_new_table_takes_effect_at_once_and_the_old_version_can_still_be_had()
    {
        DeviceTable first = await UploadAsync("board", 1);
        await _catalog.GetContextAsync("cifar10", "board", null, Cancellation);
        DeviceTable second = await UploadAsync("board", 2);
        (await _catalog.GetContextAsync("cifar10", "board", null, Cancellation)).LatencyMs.ShouldBe(second.LatencyMs);
        (await _catalog.GetContextAsync("cifar10", "board", first.Version, Cancellation)).LatencyMs.ShouldBe(first.LatencyMs);
    }

    [Fact]
    public async Task Devices_are_those_that_ship_and_then_the_uploaded_ones()
    {
        await UploadAsync("zeta", 1);
        await UploadAsync("alpha", 1);
        IReadOnlyList<DeviceInfo> devices = await _catalog.ListDevicesAsync(Cancellation);
        devices.Take(Tables.Devices.Count).ShouldBe(Tables.Devices);
        devices.Skip(Tables.Devices.Count).Select(device => device.Name).ShouldBe(["alpha", "zeta"]);
        devices[^1].Datasets.ShouldBe(["cifar10"]);
        devices[^1].LatencySource.ShouldBe(LatencySource.Uploaded);
        _catalog.IsBuiltIn("fpga").ShouldBeTrue();
        _catalog.IsBuiltIn("alpha").ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_not_there_is_refused_by_field_with_what_there_is()
    {
        await UploadAsync("board", 1);
        UnknownContextException device =
            await Should.ThrowAsync<UnknownContextException>(() => _catalog.GetContextAsync("cifar10", "toaster", null, Cancellation));
        device.Field.ShouldBe("device");
        device.Allowed.ShouldContain("board");
        device.Message.ShouldContain("is unknown");
        UnknownContextException part =
            await Should.ThrowAsync<UnknownContextException>(() => _catalog.GetContextAsync("cifar100", "board", null, Cancellation));
        part.Message.ShouldContain("no latency table for cifar100, only for cifar10");
        (await Should.ThrowAsync<UnknownContextException>(
            () => _catalog.GetContextAsync("mnist", "board", null, Cancellation))).Field.ShouldBe("dataset");
        (await Should.ThrowAsync<UnknownContextException>(
            () => _catalog.GetContextAsync("cifar10", "../x", null, Cancellation))).Field.ShouldBe("device");
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("my-board_2", true)]
    [InlineData("0123456789012345678901234567890", true)]
    [InlineData("01234567890123456789012345678901", false)]
    [InlineData("", false)]
    [InlineData("Board", false)]
    [InlineData("-a", false)]
    [InlineData("a\n", false)]
    [InlineData("a/b", false)]
    public void Names_of_devices_are_short_and_plain(string name, bool valid) => DeviceNames.IsValid(name).ShouldBe(valid);

    private async Task<DeviceTable> UploadAsync(string device, int factor)
    {
        DeviceTable table = new(
            device, "cifar10", DateTimeOffset.UnixEpoch,
            [.. Enumerable.Range(1, Tables.Space.Size).Select(number => factor * number / 100.0)]);
        await new DeviceRepository(_rows).PutAsync(table, Cancellation);
        return table;
    }
}
