using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>All that scores depend on beside the cell. Two scores can be compared only when they are of the same settings.</summary>
public sealed record ProxySettings
{
    /// <summary>
    /// Raised when a proxy's definition here changes, or the numbers of the functions that scores are stored by, so that older scores are
    /// not mixed with newer ones.
    /// </summary>
    public const int Revision = 2;

    /// <summary>Fewest images of a batch.</summary>
    public const int MinBatch = 8;

    /// <summary>Most images of a batch.</summary>
    public const int MaxBatch = 256;

    /// <summary>C, N, resolution and classes of the network.</summary>
    public required NetworkShape Shape { get; init; }

    /// <summary>Images of the batch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Seed of the weights and of the batch.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Folder of images as <see cref="ImageFolder"/> reads them, or null for Gaussian noise.</summary>
    public string? Images { get; init; }

    /// <summary>Names the settings: scores are stored under it. Where there is a folder of images, it is read for their hash.</summary>
    /// <exception cref="ImageFolderException">The folder of images cannot be used.</exception>
    public string Version =>
        $"r{Revision}-c{Shape.Channels}-n{Shape.CellsPerStage}-{Shape.Resolution}px-{Shape.Classes}-b{BatchSize}-s{Seed}-"
            + (Images is null ? "noise" : ProxyImages.Of(this).Hash());

    /// <summary>What is wrong with the settings, in one sentence that begins with the field, or null.</summary>
    public string? WhyNot() => BatchSize is < MinBatch or > MaxBatch
        ? $"batch: {BatchSize} is not allowed; give {MinBatch} to {MaxBatch}"
        : null;
}
