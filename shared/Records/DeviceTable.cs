using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using PelNas.Shared.Devices;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Records;

/// <summary>
/// A user's latencies of one device for the networks of one data set: a full table, or measurements of some cells and what they predict of
/// the others.
/// </summary>
/// <param name="UploadedAt">UTC time of the upload.</param>
/// <param name="LatencyMs">Latency by architecture index, ms; NaN where the device cannot run it.</param>
/// <param name="Measured">What was measured, where that is not every cell; null for a full table.</param>
/// <param name="Setup">How it was measured, where this program did.</param>
public sealed record DeviceTable(
    string Device, string Dataset, DateTimeOffset UploadedAt, ImmutableArray<double> LatencyMs, DeviceMeasurements? Measured = null,
    MeasurementSetup? Setup = null)
{
    /// <summary>
    /// The version: lower-case hex SHA-256 of the latencies and, where they are known, their deviations as little-endian doubles. Equal
    /// latencies have equal versions, and a run keeps to the version it was planned with.
    /// </summary>
    public string Version => Convert.ToHexStringLower(SHA256.HashData(ToBytes([.. LatencyMs, .. Measured?.DeviationMs ?? []])));

    /// <summary>The table without its latencies.</summary>
    public DeviceTableInfo Info => new(
        Device, Dataset, Version, UploadedAt, LatencyMs.Count(double.IsNaN), Measured?.Cells.Count, Measured?.Validation, Setup);

    /// <summary>A table of measured cells.</summary>
    /// <param name="uploadedAt">UTC time of the upload.</param>
    /// <param name="cells">The cells, each once: all of the space, or such as <see cref="LatencyEstimator"/> takes.</param>
    /// <param name="setup">How it was measured, where this program did.</param>
    public static DeviceTable Of(
        string device, string dataset, DateTimeOffset uploadedAt, ISearchSpace space, IReadOnlyList<MeasuredCell> cells,
        LatencyEstimator estimator, MeasurementSetup? setup = null)
    {
        if (cells.Count == space.Size)
        {
            return new DeviceTable(device, dataset,
                uploadedAt, [.. cells.OrderBy(cell => cell.Index).Select(cell => cell.LatencyMs ?? double.NaN)], Setup: setup);
        }

        LatencyEstimate estimate = estimator.Estimate(cells);
        return new DeviceTable(
            device, dataset, uploadedAt,
            estimate.LatencyMs, new DeviceMeasurements([.. cells], estimate.DeviationMs, estimate.Validation), setup);
    }

    /// <summary>The table with further measurements, which take the place of those of the same cells.</summary>
    /// <param name="cells">The measurements.</param>
    /// <param name="at">UTC time.</param>
    /// <exception cref="InvalidOperationException">It is a full table.</exception>
    public DeviceTable With(IReadOnlyList<MeasuredCell> cells, DateTimeOffset at, ISearchSpace space, LatencyEstimator estimator)
    {
        IReadOnlyList<MeasuredCell> before = Measured?.Cells
            ?? throw new InvalidOperationException($"{Device} has a full table, to which nothing can be added.");
        HashSet<int> renewed = [.. cells.Select(cell => cell.Index)];
        return Of(Device, Dataset, at, space, [.. before.Where(cell => !renewed.Contains(cell.Index)), .. cells], estimator, Setup);
    }

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

/// <summary>What was measured of a device that has no full table.</summary>
/// <param name="Cells">The measured cells.</param>
/// <param name="DeviationMs">Standard deviation by architecture index, ms.</param>
/// <param name="Validation">How well the measurements predict one another.</param>
public sealed record DeviceMeasurements(
    IReadOnlyList<MeasuredCell> Cells, ImmutableArray<double> DeviationMs, LatencyValidation Validation);

/// <summary>How this program measured a device.</summary>
/// <param name="Machine">Processor and operating system.</param>
/// <param name="Runtime">What ran the networks, with its version.</param>
/// <param name="MeasuredAt">UTC time of the last measurement.</param>
/// <param name="Channels">C of the networks.</param>
/// <param name="CellsPerStage">N of the networks.</param>
/// <param name="Rounds">Runs of each network, whose median counts.</param>
/// <param name="ImageSize">Pixels of a side of an image.</param>
/// <param name="Classes">Number of classes.</param>
public sealed record MeasurementSetup(
    string Machine, string Runtime, int Threads, DateTimeOffset MeasuredAt, int Channels, int CellsPerStage, int Rounds, int ImageSize,
    int Classes, int ImageChannels);

/// <summary>What a list says of a <see cref="DeviceTable"/>.</summary>
/// <param name="Version">The version in force.</param>
/// <param name="UploadedAt">UTC time of the upload.</param>
/// <param name="Infeasible">Number of architectures that are known not to run.</param>
/// <param name="Measured">Number of measured cells, those that do not run included; null for a full table.</param>
/// <param name="Validation">How well they predict one another; null for a full table.</param>
/// <param name="Setup">How they were measured, where this program did.</param>
public sealed record DeviceTableInfo(
    string Device,
    string Dataset,
    string Version,
    DateTimeOffset UploadedAt,
    int Infeasible = 0,
    int? Measured = null,
    LatencyValidation? Validation = null,
    MeasurementSetup? Setup = null);
