using PelNas.Shared.Torch.Networks;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>The systems that search with images, by name.</summary>
public static class SupernetMethods
{
    private const double BudgetShare = 0.5;

    /// <summary>Names in command lines and results. <c>single-path</c> is the plain supernet that the others are compared with.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "darts",
        "beta-darts",
        "ista-nas",
        "bossnas",
        "adwpnas",
        "lcmnas",
        "ms-ranas",
        "single-path",
    ];

    /// <summary>Makes a method. LibTorch has to be loaded.</summary>
    internal static ISupernetMethod Create(string name, NetworkShape shape, int seed) => name switch
    {
        "darts" => new GradientMethod(shape, seed, new SoftmaxArchitecture(seed, ArchitecturePenalties.None)),
        "beta-darts" => new GradientMethod(shape, seed, new SoftmaxArchitecture(seed, ArchitecturePenalties.Beta)),
        "ista-nas" => new GradientMethod(shape, seed, new SparseArchitecture(seed)),
        "ms-ranas" => new GradientMethod(
            shape, seed, new SoftmaxArchitecture(seed, (values, _) => ArchitecturePenalties.Budget(values, BudgetShare)), useExits: true),
        "bossnas" => new BlockMethod(shape, seed),
        "adwpnas" => new PathMethod(shape, seed, predictWeights: true),
        "lcmnas" => new LowCostMethod(shape, seed),
        "single-path" => new PathMethod(shape, seed, predictWeights: false),
        _ => throw new ArgumentException($"There is no system '{name}'; give one of {string.Join(", ", Names)}.", nameof(name)),
    };
}
