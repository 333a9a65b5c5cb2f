using PelNas.Shared.Benchmarks;
using PelNas.Shared.Scoring.Accuracy;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Strategies.Surrogate;

/// <summary>
/// The distinct functions with a live path that a space computes, each with its cells, its path features and, where asked for, its
/// training-free scores. What the Gaussian process is about: isomorphic cells share one latent value.
/// </summary>
internal sealed class FunctionTable
{
    private FunctionTable(int[][] cells, double[][] paths, double[][] scores)
    {
        Cells = cells;
        Paths = paths;
        Scores = scores;
        FunctionOf = new int[cells.Sum(members => members.Length) == 0 ? 0 : cells.SelectMany(members => members).Max() + 1];
        Array.Fill(FunctionOf, -1);
        for (int function = 0; function < cells.Length; function++)
        {
            foreach (int cell in cells[function])
            {
                FunctionOf[cell] = function;
            }
        }
    }

    /// <summary>Number of functions.</summary>
    public int Count => Cells.Length;

    /// <summary>The cells of each function, by index.</summary>
    public int[][] Cells { get; }

    /// <summary>Path features of each function, standardised over the space.</summary>
    public double[][] Paths { get; }

    /// <summary>Scores of each function (mean over its cells), standardised over the functions; rows of length 0 without scores.</summary>
    public double[][] Scores { get; }

    /// <summary>Row of each cell's function, -1 for a cell without a live path.</summary>
    public int[] FunctionOf { get; }

    /// <summary>Makes the table.</summary>
    /// <param name="space">The space.</param>
    /// <param name="scores">Columns of scores, one value a cell each; none for path features alone.</param>
    public static FunctionTable Create(ISearchSpace space, IReadOnlyList<double[]> scores)
    {
        FeatureTable features = new(space);
        int[][] cells =
        [
            .. Enumerable.Range(0, space.Size).Where(space.IsConnected).GroupBy(space.FunctionId)
                .OrderBy(group => group.Key).Select(group => group.ToArray()),
        ];
        double[][] columns = [.. scores.Select(score => Standardise([.. cells.Select(members => members.Average(cell => score[cell]))]))];
        return new FunctionTable(
            cells,
            [.. cells.Select(members => features[members[0]])],
            [.. Enumerable.Range(0, cells.Length).Select(row => columns.Select(column => column[row]).ToArray())]);
    }

    /// <summary>NASWOT, log synflow, parameters and multiply-accumulates of every cell. A missing NASWOT is the least there is.</summary>
    public static double[][] TrainingFreeScores(BenchmarkTables tables, string dataset)
    {
        (int resolution, int classes) = DatasetShape.Of(dataset);
        ISearchSpace space = tables.Space;
        double[] naswot = [.. tables.GetTrainingFreeScore(dataset, "naswot").Values];
        double least = naswot.Where(double.IsFinite).Min();
        return
        [
            [.. naswot.Select(value => double.IsFinite(value) ? value : least)],
            [.. tables.GetTrainingFreeScore(dataset, "logsynflow").Values],
            [.. Enumerable.Range(0, space.Size).Select(index => space.ParamsM(index, classes))],
            [.. Enumerable.Range(0, space.Size).Select(index => space.FlopsM(index, resolution, classes))],
        ];
    }

    private static double[] Standardise(double[] values)
    {
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return [.. values.Select(value => (value - mean) / Math.Max(deviation, 1e-12))];
    }
}
