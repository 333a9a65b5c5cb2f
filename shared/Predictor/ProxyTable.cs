using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Proxies;

namespace PelNas.Shared.Predictor;

/// <summary>The proxies that a search predicts from, and what a table of them is made of.</summary>
public static class ProxyTable
{
    private const int Channels = 8;
    private const int CellsPerStage = 1;
    private const int BatchSize = 32;
    private const int Seed = 1;

    /// <summary>The proxies, in the order of a row of scores.</summary>
    public static IReadOnlyList<string> Proxies => ZeroCostProxies.Cheap;

    /// <summary>
    /// The settings of a search's proxies. A small network ranks by these proxies as the whole one does (bench/README.md), in a fraction of
    /// the time.
    /// </summary>
    /// <param name="shape">Image size and classes of the data set.</param>
    /// <param name="images">Folder of its images, or null for Gaussian noise.</param>
    public static ProxySettings SettingsOf(DatasetShape shape, string? images = null)
        => new()
        {
            Shape = new NetworkShape(Channels, CellsPerStage, shape.Resolution, shape.Classes),
            BatchSize = BatchSize,
            Seed = Seed,
            Images = images,
        };

    /// <summary>Those of the table that ships.</summary>
    public static ProxySettings Shipped => SettingsOf(DatasetShape.Of(DeviceCatalog.Cifar10));

    /// <summary>
    /// The architecture that is scored for each function: of those that compute it the one with the fewest parameters and then the lowest
    /// index, so that edges that lead nowhere do not count.
    /// </summary>
    /// <returns>By function.</returns>
    public static int[] Representatives(ISearchSpace space) => space.LeastOfFunctions(index => space.ParamsM(index), _ => true);
}
