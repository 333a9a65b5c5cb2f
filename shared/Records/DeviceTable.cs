using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace PelNas.Shared.Records;

/// <summary>A user's latency table of one device for the networks of one data set.</summary>
/// <param name="Device">Name of the device.</param>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="UploadedAt">UTC time of the upload.</param>
/// <param name="LatencyMs">Latency by architecture index, ms.</param>
public sealed record DeviceTable(string Device, string Dataset, DateTimeOffset UploadedAt, ImmutableArray<double> LatencyMs)
{
    /// <summary>
    /// The version: lower-case hex SHA-256 of the latencies as little-endian doubles. Equal latencies have equal versions, and a run
    /// goes on with the version it was planned with.
    /// </summary>
    public string Version => Convert.ToHexStringLower(SHA256.HashData(ToBytes(LatencyMs.AsSpan())));

    /// <summary>The table without its latencies.</summary>
    public DeviceTableInfo Info => new(Device, Dataset, Version, UploadedAt);

    private static byte[] ToBytes(ReadOnlySpan<double> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(double)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        }

        return bytes;
    }
}

/// <summary>What a list says of a <see cref="DeviceTable"/>.</summary>
/// <param name="Device">Name of the device.</param>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="Version">The version in force.</param>
/// <param name="UploadedAt">UTC time of the upload.</param>
public sealed record DeviceTableInfo(string Device, string Dataset, string Version, DateTimeOffset UploadedAt);
