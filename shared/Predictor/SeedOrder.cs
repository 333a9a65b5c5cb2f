namespace PelNas.Shared.Predictor;

/// <summary>
/// Which cells to label first where nothing is believed: the front that training-free scores and latencies promise. Parameters and
/// multiply-accumulates are left out of it, since they say as much of latency as of accuracy.
/// </summary>
internal static class SeedOrder
{
    private const int Most = 12;

    // NASWOT and synflow, the first columns of TrainingFreeScores.
    private const int Columns = 2;

    /// <summary>The cells in order; none where the functions have no scores.</summary>
    /// <param name="table">The functions.</param>
    /// <param name="latencies">Latency of every cell of the space by index, ms.</param>
    /// <param name="isAllowed">Which cells may be labelled.</param>
    public static IReadOnlyList<int> Of(FunctionTable table, IReadOnlyList<double> latencies, Func<int, bool> isAllowed)
    {
        if (table.Scores[0].Length < Columns)
        {
            return [];
        }

        double[] promise = new double[table.Count];
        for (int column = 0; column < Columns; column++)
        {
            double[] scores = NormalScores.Of(Array.ConvertAll(table.Scores, row => row[column]));
            for (int function = 0; function < promise.Length; function++)
            {
                promise[function] += scores[function];
            }
        }

        return ExpectedFront.Rank(table, promise, latencies, isAllowed, Most);
    }
}
