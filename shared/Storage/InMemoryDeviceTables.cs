using PelNas.Shared.Records;

namespace PelNas.Shared.Storage;

/// <summary>The latency tables of <see cref="InMemoryRunStore"/>, every version, and which is in force. Its caller locks.</summary>
internal sealed class InMemoryDeviceTables
{
    private readonly Dictionary<DeviceTableVersion, (DeviceTable Table, DateTimeOffset WrittenAt)> _tables = [];
    private readonly Dictionary<(string Device, string Dataset), (string Version, DateTimeOffset WrittenAt)> _inForce = [];

    public void Put(DeviceTable table, DateTimeOffset now)
    {
        DeviceTableVersion version = Of(table);
        _tables[version] = (table, now);
        _inForce[(table.Device, table.Dataset)] = (version.Version, now);
    }

    public void Add(DeviceTable table, DateTimeOffset now)
    {
        DeviceTableVersion version = Of(table);
        _tables[version] = (_tables.GetValueOrDefault(version).Table ?? table, now);
        _inForce.TryAdd((table.Device, table.Dataset), (version.Version, now));
    }

    public DeviceTable? Get(string device, string dataset, string? version)
        => (version ?? _inForce.GetValueOrDefault((device, dataset)).Version) is { } found ? _tables.GetValueOrDefault(new(device, dataset, found)).Table : null;

    public IReadOnlyList<DeviceTableInfo> List() =>
    [
        .. _inForce.Select(pair => _tables[new(pair.Key.Device, pair.Key.Dataset, pair.Value.Version)].Table.Info)
            .OrderBy(info => info.Device, StringComparer.Ordinal).ThenBy(info => info.Dataset, StringComparer.Ordinal),
    ];

    public int Delete(DateTimeOffset before, IReadOnlySet<DeviceTableVersion> used, int most)
        => _tables.Where(pair => pair.Value.WrittenAt < before && IsOut(pair.Key, before) && !used.Contains(pair.Key))
            .Take(most).Select(pair => pair.Key).ToArray().Count(_tables.Remove);

    private bool IsOut(DeviceTableVersion version, DateTimeOffset before)
        => _inForce[(version.Device, version.Dataset)] is var inForce && inForce.Version != version.Version && inForce.WrittenAt < before;

    private static DeviceTableVersion Of(DeviceTable table) => new(table.Device, table.Dataset, table.Version);
}
