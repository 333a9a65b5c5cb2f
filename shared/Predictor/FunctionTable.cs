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

    private readonly FeatureScale _pathScale;
    private readonly FeatureScale _scoreScale;

    private FunctionTable(int[][] cells, int[] functionOf, double[][] paths, double[][] orders, double[][] scores,
        (FeatureScale Paths, FeatureScale Scores) scales, double[]? beliefs = null)
    {
        (_pathScale, _scoreScale) = scales;
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

    /// <summary>
    /// Row of each cell's function, by the cell's index; -1 for a cell without a live path, <see cref="Unknown"/> for one that a limited
    /// table leaves out.
    /// </summary>
    internal int[] FunctionOf { get; }

    /// <summary>
    /// Path features of each function, mean 0 and deviation 1 over the functions; of an open space over those of the sample.
    /// </summary>
    internal double[][] Paths { get; }

    /// <summary>Features of the order along each function's paths, standardised alike.</summary>
    internal double[][] Orders { get; }

    /// <summary>Scores of each function (mean over its cells), standardised alike; rows of length 0 without scores.</summary>
    internal double[][] Scores { get; }

    /// <summary>What is believed of each function's accuracy before any label, as a normal score; null where nothing is.</summary>
    internal double[]? Beliefs { get; }

    /// <summary>The same functions with what is believed of them.</summary>
    /// <param name="accuracies">Accuracy of each function, on any scale: the order alone counts.</param>
    internal FunctionTable WithBeliefs(double[] accuracies)
        => new(Cells, FunctionOf, Paths, Orders, Scores, (_pathScale, _scoreScale), NormalScores.Of(accuracies));

    /// <summary>Makes the table.</summary>
    /// <param name="scores">Columns of scores, one value per cell each; none for path features alone.</param>
    public static FunctionTable Create(ISearchSpace space, IReadOnlyList<double[]> scores) => Create(space, scores, scales: null);

    /// <summary>The table of other architectures of an open space, on the scale of this one.</summary>
    /// <param name="space">The architectures.</param>
    /// <param name="scores">As for <see cref="Create(ISearchSpace, IReadOnlyList{double[]})"/>.</param>
    internal FunctionTable Like(ISearchSpace space, IReadOnlyList<double[]> scores) => Create(space, scores, (_pathScale, _scoreScale));

    private static FunctionTable Create(
        ISearchSpace space, IReadOnlyList<double[]> scores, (FeatureScale Paths, FeatureScale Scores)? scales)
    {
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

        double[][] paths = [.. cells.Select(
            members => Features(members[0], space.PathFeatureCount, (index, features) => space.WritePathFeatures(index, features)))];
        double[][] orders = [.. cells.Select(
            members => Features(members[0], space.OrderFeatureCount, (index, features) => space.WriteOrderFeatures(index, features)))];
        double[][] means = [.. cells.Select(members => scores.Select(score => members.Average(cell => score[cell])).ToArray())];
        int sample = cells.Count(members => members[0] < space.SampleSize);
        (FeatureScale ofPaths, FeatureScale ofScores) = scales ?? (FeatureScale.Of(paths[..sample]), FeatureScale.Of(means[..sample]));
        return new FunctionTable(
            cells, functionOf, ofPaths.Apply(paths), FeatureScale.Of(orders).Apply(orders), ofScores.Apply(means), (ofPaths, ofScores));
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

        FeatureScale scoreScale = FeatureScale.Of([.. scores.Where((_, row) => isOfScale[row])]);
        return new FunctionTable(
            [.. rows.Select(row => Cells[row])],
            functionOf,
            [.. rows.Select(row => Paths[row])],
            [.. rows.Select(row => Orders[row])],
            scoreScale.Apply(scores),
            (_pathScale, scoreScale),
            Beliefs is null ? null : [.. rows.Select(row => Beliefs[row])]);
    }

    private static double[] Features(int cell, int count, Action<int, double[]> write)
    {
        double[] features = new double[count];
        write(cell, features);
        return features;
    }
}
