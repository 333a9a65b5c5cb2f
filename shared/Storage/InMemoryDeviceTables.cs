namespace PelNas.Shared.Storage;

/// <summary>The latency tables of <see cref="InMemoryRunStore"/>, every version, and which is in force. Its caller locks.</summary>
internal sealed class InMemoryDeviceTables
{
    private readonly Dictionary<(string Device, string Dataset, string Version), DeviceTable> _tables = [];
    private readonly Dictionary<(string Device, string Dataset), string> _inForce = [];

    public void Put(DeviceTable table)
    {
        string version = table.Version;
        _tables[(table.Device, table.Dataset, version)] = table;
        _inForce[(table.Device, table.Dataset)] = version;
    }

    public void Add(DeviceTable table)
    {
        string version = table.Version;
        _tables.TryAdd((table.Device, table.Dataset, version), table);
        _inForce.TryAdd((table.Device, table.Dataset), version);
    }

    public DeviceTable? Get(string device, string dataset, string? version)
        => (version ?? _inForce.GetValueOrDefault((device, dataset))) is { } found ? _tables.GetValueOrDefault((device, dataset, found)) : null;

    public IReadOnlyList<DeviceTableInfo> List() =>
    [
        .. _inForce.Select(pair => _tables[(pair.Key.Device, pair.Key.Dataset, pair.Value)].Info)
            .OrderBy(info => info.Device, StringComparer.Ordinal).ThenBy(info => info.Dataset, StringComparer.Ordinal),
    ];
}
