using System.Collections.Immutable;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;
using PelNas.Shared.Torch.Proxies;

namespace PelNas.Shared.Predictor;

/// <summary>What is known of an architecture without training it, as columns for the predictor.</summary>
public static class TrainingFreeScores
{
    /// <summary>What the scores are called in results.</summary>
    /// <param name="source">One of <see cref="ProxyScoreSources"/>.</param>
    /// <param name="settings">What computed ones depend on.</param>
    /// <param name="space">Name of another space than NAS-Bench-201, or null.</param>
    public static string NameOf(string source, ProxySettings settings, string? space = null) => space is not null
        ? "parameters and multiply-accumulates"
        : source == ProxyScoreSources.Compute
        ? $"zero-cost proxies (nwot and synflow computed for the candidates, {settings.Version}; params, flops), whole partitions on the "
            + "table that ships"
        : $"zero-cost proxies (nwot and synflow of the table that ships, {ProxyTable.Shipped.Version}; params, flops)";

    /// <summary>Those of the space that the tables are about.</summary>
    /// <param name="tables">The tables that ship.</param>
    /// <param name="shape">Image size and classes of the data set.</param>
    /// <exception cref="DataFileException">The table is missing or damaged.</exception>
    public static IReadOnlyList<double[]> Of(BenchmarkTables tables, DatasetShape shape) => Of(tables, tables.Space, shape);

    /// <summary>
    /// Logarithms of what costs another space states, parameters and multiply-accumulates, of every architecture by index.
    /// </summary>
    public static IReadOnlyList<double[]> OfCosts(ISearchSpace space)
    {
        IEnumerable<int> all = Enumerable.Range(0, space.Size);
        return [.. new double[][]
        {
            [.. all.Select(index => Math.Log(space.ParamsM(index)))],
            [.. all.Select(index => Math.Log(space.FlopsM(index)))],
        }.Where(column => Array.TrueForAll(column, double.IsFinite))];
    }

    /// <summary>
    /// NASWOT, and the logarithms of synflow (which the table holds as one), parameters and multiply-accumulates, of every cell by index.
    /// The first two are this program's own (<see cref="ProxyTable"/>), from the table that ships: those of a network for CIFAR-10 on
    /// noise, for every data set.
    /// </summary>
    /// <param name="tables">The tables that ship.</param>
    /// <param name="space">The space. Of others than NAS-Bench-201 no more is known than what costs they state.</param>
    /// <param name="shape">Image size and classes of the data set.</param>
    /// <exception cref="DataFileException">The table is missing or damaged.</exception>
    public static IReadOnlyList<double[]> Of(BenchmarkTables tables, ISearchSpace space, DatasetShape shape)
    {
        (int resolution, int classes) = shape;
        IEnumerable<int> all = Enumerable.Range(0, space.Size);
        if (space != tables.Space)
        {
            return OfCosts(space);
        }

        int[] representatives = ProxyTable.Representatives(space);
        return
        [
            Column("nwot"),
            Column("synflow"),
            [.. all.Select(index => Math.Log(space.ParamsM(index, classes)))],
            [.. all.Select(index => Math.Log(space.FlopsM(index, resolution, classes)))],
        ];

        double[] Column(string proxy)
        {
            ImmutableArray<double> table = tables.GetProxyScore(DeviceCatalog.Cifar10, proxy);
            double least = table.Where(double.IsFinite).Min();
            return [.. all.Select(index => table[representatives[space.FunctionId(index)]] is var value && double.IsFinite(value)
                ? value
                : least)];
        }
    }
}
