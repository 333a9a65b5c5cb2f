namespace PelNas.Shared.Tables;

/// <summary>What a data set means for the size of a network.</summary>
/// <param name="Resolution">Height and width of an image, pixels.</param>
/// <param name="Classes">Number of classes.</param>
public readonly record struct DatasetShape(int Resolution, int Classes)
{
    /// <summary>Names of the data sets that are known.</summary>
    public static IReadOnlyList<string> Known => DeviceCatalog.Datasets;

    /// <summary>The shape of a data set by its name.</summary>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    public static DatasetShape Of(string dataset) => dataset switch
    {
        DeviceCatalog.Cifar10 => new(32, 10),
        DeviceCatalog.Cifar100 => new(32, 100),
        DeviceCatalog.ImageNet16 => new(16, 120),
        _ => throw new ArgumentException($"The data set '{dataset}' is unknown.", nameof(dataset)),
    };
}
