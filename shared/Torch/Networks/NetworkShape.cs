using PelNas.Shared.Tables;

namespace PelNas.Shared.Torch.Networks;

/// <summary>What of a macro network does not depend on the cell. The benchmark trains C = 16, N = 5.</summary>
/// <param name="Channels">C: channels of the first stage; the second and third have twice and four times as many.</param>
/// <param name="CellsPerStage">N: cells of each of the three stages.</param>
/// <param name="Resolution">Height and width of an image, pixels.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="ImageChannels">Channels of an image: 3 of colours, 1 of greys.</param>
public sealed record NetworkShape(int Channels, int CellsPerStage, int Resolution, int Classes, int ImageChannels = 3)
{
    /// <summary>Most channels of the first stage.</summary>
    public const int MaxChannels = 64;

    /// <summary>Most cells of a stage.</summary>
    public const int MaxCells = 20;

    /// <summary>Fewest pixels of a side of an image.</summary>
    public const int MinResolution = 4;

    /// <summary>Most pixels of a side of an image.</summary>
    public const int MaxResolution = 256;

    /// <summary>Most classes.</summary>
    public const int MaxClasses = 10_000;

    /// <summary>The network that the benchmark trains on a data set.</summary>
    public static NetworkShape Benchmark(string dataset) => Of(dataset, 16, 5);

    /// <summary>A network for a data set.</summary>
    /// <exception cref="ArgumentException">The data set is unknown, or a size is outside what is allowed.</exception>
    public static NetworkShape Of(string dataset, int channels, int cellsPerStage)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, MaxChannels);
        ArgumentOutOfRangeException.ThrowIfLessThan(cellsPerStage, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cellsPerStage, MaxCells);
        (int resolution, int classes) = DatasetShape.Of(dataset);
        return new NetworkShape(channels, cellsPerStage, resolution, classes);
    }
}
