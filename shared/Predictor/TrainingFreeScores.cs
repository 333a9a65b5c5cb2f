using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;


namespace PelNas.Shared.Predictor;

/// <summary>What is known of an architecture without training it, as columns for the predictor.</summary>
public static class TrainingFreeScores
{
    /// <summary>What the scores are called in results.</summary>
    /// <param name="source">One of <see cref="ProxyScoreSources"/>.</param>
    /// <param name="dataset">Name of the data set.</param>
    public static string NameOf(string source, string dataset) => source == ProxyScoreSources.Compute
        ? $"zero-cost proxies (nwot and synflow computed for the candidates, {ProxyTable.SettingsOf(dataset).Version}; params, flops), whole partitions on paths"
        : $"zero-cost proxies (nwot and synflow of the table that ships, {ProxyTable.SettingsOf(DeviceCatalog.Cifar10).Version}; params, flops)";

    /// <summary>
    /// NASWOT, and the logarithms of synflow (which the table holds as one), parameters and multiply-accumulates, of every cell by index.
    /// The first two are this program's own (<see cref="ProxyTable"/>), from the table that ships: those of a network for CIFAR-10 on
    /// noise, for every data set.
    /// </summary>
    /// <param name="tables">The tables that ship.</param>
    /// <param name="shape">Image size and classes of the data set.</param>
    /// <exception cref="DataFileException">The table is missing or damaged.</exception>
    public static IReadOnlyList<double[]> Of(BenchmarkTables tables, DatasetShape shape)
    {
        ArgumentNullException.ThrowIfNull(tables);
        (int resolution, int classes) = shape;
        ISearchSpace space = tables.Space;
        int[] representatives = ProxyTable.Representatives(space);
        IEnumerable<int> all = Enumerable.Range(0, space.Size);
        return
        [
            Column("nwot"),
            Column("synflow"),
            [.. all.Select(index => Math.Log(space.ParamsM(index, classes)))],
            [.. all.Select(index => Math.Log(space.FlopsM(index, resolution, classes)))],
        ];

        double[] Column(string proxy)
        {
            TableColumn table = tables.GetProxyScore(DeviceCatalog.Cifar10, proxy);
            double least = table.Values.Where(double.IsFinite).Min();
            return [.. all.Select(index => table.Values[representatives[space.FunctionId(index)]] is var value && double.IsFinite(value) ? value : least)];
        }
    }
}
