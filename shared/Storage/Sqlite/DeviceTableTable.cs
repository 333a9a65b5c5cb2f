using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Uploaded latency tables: every version as compressed little-endian doubles, and a pointer to the one in force.</summary>
internal static class DeviceTableTable
{
    /// <summary>Writes the version and moves the pointer to it.</summary>
    public static void Put(SqliteConnection connection, DeviceTable table)
        => Write(connection, table, "UPDATE SET uploaded_at = excluded.uploaded_at", "UPDATE SET version = excluded.version");

    /// <summary>Writes the version unless it is there, and points to it where nothing is in force.</summary>
    public static void Add(SqliteConnection connection, DeviceTable table) => Write(connection, table, "NOTHING", "NOTHING");

    private static void Write(SqliteConnection connection, DeviceTable table, string onVersion, string onPointer)
    {
        connection.Execute(
            $"""
            INSERT INTO device_tables (device, dataset, version, uploaded_at, body) VALUES ($device, $dataset, $version, $at, $body)
            ON CONFLICT DO {onVersion}
            """,
            ("$device", table.Device),
            ("$dataset", table.Dataset),
            ("$version", table.Version),
            ("$at", table.UploadedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
            ("$body", Compress(DeviceTable.ToBytes(table.LatencyMs.AsSpan()))));
        connection.Execute(
            $"INSERT INTO device_table_pointers (device, dataset, version) VALUES ($device, $dataset, $version) ON CONFLICT DO {onPointer}",
            ("$device", table.Device), ("$dataset", table.Dataset), ("$version", table.Version));
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
