using PelNas.Shared.SearchSpaces;


namespace PelNas.Shared.Predictor;

/// <summary>
/// The distinct functions with a live path that a space computes, each with its cells, its path features and, where asked for, its
/// training-free scores. What the Gaussian process is about: cells of one function share one latent value.
/// </summary>
public sealed class FunctionTable
{
    /// <summary>In <see cref="FunctionOf"/>: the cell's function is not in the table, so that nothing can be said of it.</summary>
    internal const int Unknown = -2;

    private const int Dead = -1;

    private FunctionTable(int[][] cells, int[] functionOf, double[][] paths, double[][] orders, double[][] scores, double[]? beliefs = null)
    {
        Beliefs = beliefs;
        Cells = cells;
        FunctionOf = functionOf;
        Paths = paths;
        Orders = orders;
        Scores = scores;
    }

    /// <summary>Number of functions.</summary>
    public int Count => Cells.Length;

    /// <summary>The cells of each function, by index.</summary>
    internal int[][] Cells { get; }

    /// <summary>Row of each cell's function, by the cell's index; -1 for a cell without a live path, <see cref="Unknown"/> for one that a limited table leaves out.</summary>
    internal int[] FunctionOf { get; }

    /// <summary>Path features of each function, mean 0 and deviation 1 over the functions.</summary>
    internal double[][] Paths { get; }

    /// <summary>Features of the order along each function's paths, standardised alike.</summary>
    internal double[][] Orders { get; }

    /// <summary>Scores of each function (mean over its cells), standardised alike; rows of length 0 without scores.</summary>
    internal double[][] Scores { get; }

    /// <summary>What is believed of each function's accuracy before any label, as a normal score; null where nothing is.</summary>
    internal double[]? Beliefs { get; }

    /// <summary>The same functions with what is believed of them.</summary>
    /// <param name="accuracies">Accuracy of each function, on any scale: the order alone counts.</param>
    internal FunctionTable WithBeliefs(double[] accuracies) => new(Cells, FunctionOf, Paths, Orders, Scores, NormalScores.Of(accuracies));

    /// <summary>Makes the table.</summary>
    /// <param name="space">The space.</param>
    /// <param name="scores">Columns of scores, one value a cell each; none for path features alone.</param>
    public static FunctionTable Create(ISearchSpace space, IReadOnlyList<double[]> scores)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(scores);
        int[][] cells =
        [
            .. Enumerable.Range(0, space.Size).Where(space.IsConnected).GroupBy(space.FunctionId)
                .OrderBy(group => group.Key).Select(group => group.ToArray()),
        ];
        int[] functionOf = new int[space.Size];
        Array.Fill(functionOf, Dead);
        for (int function = 0; function < cells.Length; function++)
        {
            foreach (int cell in cells[function])
            {
                functionOf[cell] = function;
            }
        }

        return new FunctionTable(
            cells,
            functionOf,
            Standardise([.. cells.Select(members => Features(members[0], space.PathFeatureCount, (index, features) => space.WritePathFeatures(index, features)))]),
            Standardise([.. cells.Select(members => Features(members[0], space.OrderFeatureCount, (index, features) => space.WriteOrderFeatures(index, features)))]),
            Standardise([.. cells.Select(members => scores.Select(score => members.Average(cell => score[cell])).ToArray())]));
    }

    /// <summary>The table of some of its functions alone, with scores of their own. Path features keep their scale.</summary>
    /// <param name="rows">Rows of this table, ascending.</param>
    /// <param name="scores">Scores of each of them.</param>
    /// <param name="isOfScale">Which of them the scores are standardised by.</param>
    internal FunctionTable Limit(int[] rows, double[][] scores, bool[] isOfScale)
    {
        int[] functionOf = Array.ConvertAll(FunctionOf, function => function == Dead ? Dead : Unknown);
        for (int row = 0; row < rows.Length; row++)
        {
            foreach (int cell in Cells[rows[row]])
            {
                functionOf[cell] = row;
            }
        }

        double[][] ofScale = [.. scores.Where((_, row) => isOfScale[row])];
        return new FunctionTable(
            [.. rows.Select(row => Cells[row])],
            functionOf,
            [.. rows.Select(row => Paths[row])],
            [.. rows.Select(row => Orders[row])],
            Standardise(scores, ofScale),
            Beliefs is null ? null : [.. rows.Select(row => Beliefs[row])]);
    }

    private static double[] Features(int cell, int count, Action<int, double[]> write)
    {
        double[] features = new double[count];
        write(cell, features);
        return features;
    }

    private static double[][] Standardise(double[][] rows) => Standardise(rows, rows);

    /// <summary>Columns that have mean 0 and deviation 1 over some rows; those constant there are left out.</summary>
    private static double[][] Standardise(double[][] rows, double[][] ofScale)
    {
        int width = ofScale.Length == 0 ? 0 : ofScale[0].Length;
        double[] means = [.. Enumerable.Range(0, width).Select(column => ofScale.Average(row => row[column]))];
        double[] deviations = [.. Enumerable.Range(0, width).Select(column => Math.Sqrt(ofScale.Average(row => (row[column] - means[column]) * (row[column] - means[column]))))];
        int[] kept = [.. Enumerable.Range(0, width).Where(column => deviations[column] > 1e-9)];
        return Array.ConvertAll(rows, row => Array.ConvertAll(kept, column => (row[column] - means[column]) / deviations[column]));
    }
}
