namespace PelNas.Shared.Tables;

/// <summary>Contexts that are requested by one name.</summary>
public static class ContextGroups
{
    /// <summary>The paper's eighteen: three data sets on the six devices of HW-NAS-Bench.</summary>
    public const string All = "all";

    /// <summary>The eight contexts of the first version, on which older figures were measured.</summary>
    public const string FirstEight = "first-eight";

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [All, FirstEight];

    /// <summary>The contexts of a group, or null when it is the name of none.</summary>
    public static IReadOnlyList<(string Dataset, string Device)>? Find(string name) => name switch
    {
        All => [.. DeviceCatalog.Datasets.SelectMany(dataset => DeviceCatalog.HwNasBenchDevices.Select(device => (dataset, device)))],
        FirstEight =>
        [
            (DeviceCatalog.Cifar10, "raspi4"),
            (DeviceCatalog.Cifar10, "pixel3"),
            (DeviceCatalog.Cifar10, "eyeriss"),
            (DeviceCatalog.Cifar10, "fpga"),
            (DeviceCatalog.Cifar100, "eyeriss"),
            (DeviceCatalog.Cifar100, "fpga"),
            (DeviceCatalog.ImageNet16, "eyeriss"),
            (DeviceCatalog.ImageNet16, "fpga"),
        ],
        _ => null,
    };
}
