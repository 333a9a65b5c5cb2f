using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PelNas.Shared.Records;
using PelNas.Shared.Storage.Rows;

namespace PelNas.Shared.Storage;

/// <summary>
/// Latency tables that users have uploaded. A table is stored under its content and kept, so that a run keeps to the one it was planned
/// with whatever is uploaded later; which one is in force is a row by device and data set.
/// </summary>
public sealed class DeviceRepository(IRowStore rows)
{
    private const string Table = "Devices";
    private const string InForce = "in-force";
    private const string Contents = "contents";

    /// <summary>Stores a table and makes it the one in force for its device and data set.</summary>
    public async Task PutAsync(DeviceTable table, CancellationToken cancellationToken)
    {
        await AddContentAsync(table, cancellationToken);
        await rows.PutAsync(RowOf(table.Device, table.Dataset), table.Info, cancellationToken);
    }

    /// <summary>Stores a table. The one in force stays; where there is none, this one becomes it.</summary>
    public async Task AddAsync(DeviceTable table, CancellationToken cancellationToken)
    {
        await AddContentAsync(table, cancellationToken);
        await rows.AddAsync(RowOf(table.Device, table.Dataset), table.Info, cancellationToken);
    }

    /// <summary>The table in force, or the given version; null when there is none.</summary>
    public async Task<DeviceTable?> GetAsync(string device, string dataset, string? version, CancellationToken cancellationToken)
    {
        DeviceTableInfo? info = version is null
            ? await rows.GetAsync<DeviceTableInfo>(RowOf(device, dataset), cancellationToken)
            : new DeviceTableInfo(device, dataset, version, default);
        if (info is null || await rows.GetAsync<Content>(new(Table, Contents, info.Version), cancellationToken) is not { } content)
        {
            return null;
        }

        return new DeviceTable(
            device, dataset, version is null ? info.UploadedAt : content.UploadedAt, content.LatencyMs, content.Measured, content.Setup);
    }

    /// <summary>The tables in force, by device, then data set (ordinal).</summary>
    public async Task<IReadOnlyList<DeviceTableInfo>> ListAsync(CancellationToken cancellationToken)
    {
        List<DeviceTableInfo> tables = await rows.ListAsync<DeviceTableInfo>(new RowQuery(Table, InForce), cancellationToken);
        return [.. tables.OrderBy(info => info.Device, StringComparer.Ordinal).ThenBy(info => info.Dataset, StringComparer.Ordinal)];
    }

    /// <summary>Puts the table of a device and a data set out of force. It is kept for the runs that were planned with it.</summary>
    public Task RemoveAsync(string device, string dataset, CancellationToken cancellationToken)
        => rows.TryDeleteAsync(RowOf(device, dataset), RowCondition.Any, cancellationToken);

    private Task<Content> AddContentAsync(DeviceTable table, CancellationToken cancellationToken)
        => rows.AddAsync(new(Table, Contents, table.Version), new Content(table.UploadedAt, table.LatencyMs, table.Measured, table.Setup),
            cancellationToken);

    // The length keeps names with colons apart.
    private static RowId RowOf(string device, string dataset) => new(Table, InForce, $"{device.Length}:{device}:{dataset}");

    private sealed record Content(
        DateTimeOffset UploadedAt,
        [property: JsonConverter(typeof(MissingNumbersConverter))] ImmutableArray<double> LatencyMs,
        DeviceMeasurements? Measured,
        MeasurementSetup? Setup);
}
