using System.Globalization;
using Azure.Data.Tables;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Uploaded latency tables: the numbers in a blob under their version, a row for each version, and a row for the one in force.</summary>
internal static class DeviceTableTable
{
    /// <summary>Folder of the blobs with the numbers.</summary>
    public const string Folder = "device-tables";

    /// <summary>Writes the numbers, then the version, then moves the pointer: a reader finds the old table or the new one.</summary>
    public static async Task PutAsync(StorageAccount account, DeviceTable table, CancellationToken cancellationToken)
    {
        DeviceTableInfo info = await PutLatenciesAsync(account, table, cancellationToken);
        EntityTable rows = account[TableNames.DeviceTables];
        await rows.PutAsync(Version(info), cancellationToken);
        await rows.PutAsync(Pointer(info), cancellationToken);
    }

    /// <summary>Writes the version unless it is there, and points to it where nothing is in force: the pointer never moves, wherever this stops.</summary>
    public static async Task AddAsync(StorageAccount account, DeviceTable table, CancellationToken cancellationToken)
    {
        DeviceTableInfo info = await PutLatenciesAsync(account, table, cancellationToken);
        EntityTable rows = account[TableNames.DeviceTables];
        // One that is there is as good as new, so that a purge that has found it too old leaves it; and it may go just before that.
        TableEntity version = Version(info);
        _ = await rows.AddAsync(version, cancellationToken)
            || await rows.TouchAsync(version.PartitionKey, version.RowKey, cancellationToken)
            || await rows.AddAsync(version, cancellationToken);
        await rows.AddAsync(Pointer(info), cancellationToken);
    }

    /// <summary>The given version, or the one in force.</summary>
    public static async Task<DeviceTable?> GetAsync(StorageAccount account, string device, string dataset, string? version, CancellationToken cancellationToken)
    {
        EntityTable rows = account[TableNames.DeviceTables];
        TableEntity? entity = version is null
            ? await rows.GetAsync(TableKeys.InForce, TableKeys.DevicePointer(device, dataset), cancellationToken)
            : await rows.GetAsync(TableKeys.Device(device), TableKeys.DeviceTable(dataset, version), cancellationToken);
        if (entity is null)
        {
            return null;
        }

        DeviceTableInfo info = Read(entity);
        BinaryData bytes = await account.Bodies.GetAsync(Blob(info.Version), cancellationToken);
        return new DeviceTable(info.Device, info.Dataset, info.UploadedAt, DeviceTable.FromBytes(bytes.ToMemory().Span));
    }

    /// <summary>The tables in force.</summary>
    public static async Task<IReadOnlyList<DeviceTableInfo>> ListAsync(StorageAccount account, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeviceTableInfo> tables = await account[TableNames.DeviceTables].ReadAsync(
            TableKeys.InForce, RowRange.All, (entity, _) => ValueTask.FromResult(Read(entity)), cancellationToken);
        return [.. tables.OrderBy(table => table.Device, StringComparer.Ordinal).ThenBy(table => table.Dataset, StringComparer.Ordinal)];
    }

    private static async Task<DeviceTableInfo> PutLatenciesAsync(StorageAccount account, DeviceTable table, CancellationToken cancellationToken)
    {
        DeviceTableInfo info = table.Info;
        await account.Bodies.PutAsync(Blob(info.Version), BinaryData.FromBytes(DeviceTable.ToBytes(table.LatencyMs.AsSpan())), cancellationToken);
        return info;
    }

    private static TableEntity Version(DeviceTableInfo info) => Entity(TableKeys.Device(info.Device), TableKeys.DeviceTable(info.Dataset, info.Version), info);

    private static TableEntity Pointer(DeviceTableInfo info) => Entity(TableKeys.InForce, TableKeys.DevicePointer(info.Device, info.Dataset), info);

    private static string Blob(string version) => $"{Folder}/{version}";

    private static TableEntity Entity(string partition, string row, DeviceTableInfo info) => new(partition, row)
    {
        [nameof(info.Device)] = info.Device,
        [nameof(info.Dataset)] = info.Dataset,
        [nameof(info.Version)] = info.Version,
        [nameof(info.UploadedAt)] = info.UploadedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
    };

    /// <summary>What a row says.</summary>
    public static DeviceTableInfo Read(TableEntity entity) => new(
        entity.Required(nameof(DeviceTableInfo.Device)),
        entity.Required(nameof(DeviceTableInfo.Dataset)),
        entity.Required(nameof(DeviceTableInfo.Version)),
        DateTimeOffset.Parse(entity.Required(nameof(DeviceTableInfo.UploadedAt)), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
}
