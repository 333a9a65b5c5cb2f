using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Uploaded latency tables: every version as compressed little-endian doubles, and a pointer to the one in force.</summary>
internal static class DeviceTableTable
{
    /// <summary>Writes the version and moves the pointer to it.</summary>
    public static void Put(SqliteConnection connection, DeviceTable table, DateTimeOffset now) => Write(
        connection,
        table,
        now,
        "UPDATE SET uploaded_at = excluded.uploaded_at, written_at = excluded.written_at",
        "UPDATE SET version = excluded.version, written_at = excluded.written_at");

    /// <summary>Writes the version unless it is there, and points to it where nothing is in force.</summary>
    public static void Add(SqliteConnection connection, DeviceTable table, DateTimeOffset now)
        => Write(connection, table, now, "UPDATE SET written_at = excluded.written_at", "NOTHING");

    /// <summary>Deletes versions that are of no use any more, and returns how many. Needs a write transaction: it reads, then writes.</summary>
    public static int Delete(SqliteConnection connection, DateTimeOffset before, IReadOnlySet<DeviceTableVersion> used, int most)
    {
        List<DeviceTableVersion> old = connection.Query(
            """
            SELECT device, dataset, device_tables.version FROM device_tables JOIN device_table_pointers AS pointers USING (device, dataset)
            WHERE device_tables.version <> pointers.version AND device_tables.written_at < $before AND pointers.written_at < $before
            """,
            reader => new DeviceTableVersion(reader.GetString(0), reader.GetString(1), reader.GetString(2)),
            ("$before", TimeColumn.Text(before)));
        return old.Where(version => !used.Contains(version)).Take(most).Sum(version => connection.Execute(
            "DELETE FROM device_tables WHERE device = $device AND dataset = $dataset AND version = $version",
            ("$device", version.Device), ("$dataset", version.Dataset), ("$version", version.Version)));
    }

    private static void Write(SqliteConnection connection, DeviceTable table, DateTimeOffset now, string onVersion, string onPointer)
    {
        connection.Execute(
            $"""
            INSERT INTO device_tables (device, dataset, version, uploaded_at, written_at, body) VALUES ($device, $dataset, $version, $at, $now, $body)
            ON CONFLICT DO {onVersion}
            """,
            ("$device", table.Device),
            ("$dataset", table.Dataset),
            ("$version", table.Version),
            ("$at", table.UploadedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
            ("$now", TimeColumn.Text(now)),
            ("$body", Compress(DeviceTable.ToBytes(table.LatencyMs.AsSpan()))));
        connection.Execute(
            $"INSERT INTO device_table_pointers (device, dataset, version, written_at) VALUES ($device, $dataset, $version, $now) ON CONFLICT DO {onPointer}",
            ("$device", table.Device), ("$dataset", table.Dataset), ("$version", table.Version), ("$now", TimeColumn.Text(now)));
    }

    /// <summary>The given version, or the one in force.</summary>
    public static DeviceTable? Get(SqliteConnection connection, string device, string dataset, string? version) => connection.Query(
        """
        SELECT uploaded_at, body FROM device_tables
        WHERE device = $device AND dataset = $dataset
            AND version = coalesce($version, (SELECT version FROM device_table_pointers WHERE device = $device AND dataset = $dataset))
        """,
        reader => new DeviceTable(device, dataset, Time(reader, 0), Latencies((byte[])reader.GetValue(1), $"latency table {device} for {dataset}")),
        ("$device", device), ("$dataset", dataset), ("$version", version)).SingleOrDefault();

    /// <summary>The tables in force.</summary>
    public static IReadOnlyList<DeviceTableInfo> List(SqliteConnection connection) => connection.Query(
        """
        SELECT device, dataset, version, uploaded_at FROM device_table_pointers JOIN device_tables USING (device, dataset, version)
        ORDER BY device, dataset
        """,
        reader => new DeviceTableInfo(reader.GetString(0), reader.GetString(1), reader.GetString(2), Time(reader, 3)));

    private static DateTimeOffset Time(SqliteDataReader reader, int ordinal)
        => DateTimeOffset.Parse(reader.GetString(ordinal), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static byte[] Compress(byte[] bytes)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }

    /// <exception cref="JsonException">The bytes are damaged; the store reports it as a row that cannot be read.</exception>
    private static ImmutableArray<double> Latencies(byte[] body, string what)
    {
        try
        {
            using GZipStream gzip = new(new MemoryStream(body), CompressionMode.Decompress);
            using MemoryStream bytes = new();
            gzip.CopyTo(bytes);
            return DeviceTable.FromBytes(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }
        catch (InvalidDataException exception)
        {
            throw new JsonException($"{what}: {exception.Message}", exception);
        }
    }
}
