using PelNas.Shared.Benchmarks;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Scoring.Accuracy;

/// <summary>What is known of an architecture without training it, as columns for the predictor.</summary>
public static class TrainingFreeScores
{
    /// <summary>
    /// NASWOT, and the logarithms of log synflow, parameters and multiply-accumulates, of every cell by index. The first two are those
    /// that the benchmark's table publishes for the data set; a NASWOT that is missing there counts as the least there is.
    /// </summary>
    /// <exception cref="DataFileException">The table is missing or damaged.</exception>
    public static IReadOnlyList<double[]> Of(BenchmarkTables tables, string dataset)
    {
        ArgumentNullException.ThrowIfNull(tables);
        (int resolution, int classes) = DatasetShape.Of(dataset);
        ISearchSpace space = tables.Space;
        double[] naswot = [.. tables.GetTrainingFreeScore(dataset, "naswot").Values];
        double least = naswot.Where(double.IsFinite).Min();
        IEnumerable<int> all = Enumerable.Range(0, space.Size);
        return
        [
            [.. naswot.Select(value => double.IsFinite(value) ? value : least)],
            [.. tables.GetTrainingFreeScore(dataset, "logsynflow").Values.Select(value => Math.Log(Math.Max(value, 1)))],
            [.. all.Select(index => Math.Log(space.ParamsM(index, classes)))],
            [.. all.Select(index => Math.Log(space.FlopsM(index, resolution, classes)))],
        ];
    }
}
