using Azure.Data.Tables;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>
/// Deletes versions of latency tables that are of no use any more. Rows go first, then the blobs that no row names: equal latencies of several
/// devices share a blob. What is written to while this goes on has another ETag and stays. Devices are found by what is in force: of the first
/// table of a device, whose writer ended before it put that in force, the blob goes and the row stays until the table is uploaded again.
/// </summary>
internal static class UnusedDeviceTables
{
    /// <summary>Deletes so many and returns how many.</summary>
    public static async Task<int> DeleteAsync(
        StorageAccount account, DateTimeOffset before, IReadOnlySet<DeviceTableVersion> used, int most, CancellationToken cancellationToken)
    {
        EntityTable rows = account[TableNames.DeviceTables];
        Dictionary<(string Device, string Dataset), (string Version, bool IsOld)> inForce = [];
        await foreach (TableEntity pointer in rows.Range(TableKeys.InForce, RowRange.All, cancellationToken))
        {
            DeviceTableInfo info = DeviceTableTable.Read(pointer);
            inForce[(info.Device, info.Dataset)] = (info.Version, pointer.Timestamp < before);
        }

        int deleted = 0;
        HashSet<string> kept = [];
        foreach (string device in inForce.Keys.Select(table => table.Device).Distinct())
        {
            await foreach (TableEntity row in rows.Range(TableKeys.Device(device), RowRange.All, cancellationToken))
            {
                DeviceTableInfo info = DeviceTableTable.Read(row);
                bool isUnused = row.Timestamp < before && !used.Contains(new(info.Device, info.Dataset, info.Version))
                    && inForce.TryGetValue((info.Device, info.Dataset), out (string Version, bool IsOld) table) && table.IsOld && table.Version != info.Version;
                if (isUnused && deleted < most && await rows.TryDeleteAsync(row, cancellationToken))
                {
                    deleted++;
                }
                else
                {
                    kept.Add(info.Version);
                }
            }
        }

        await account.Bodies.DeleteUnusedAsync(DeviceTableTable.Folder, before, kept.Contains, most, cancellationToken);
        return deleted;
    }
}
