namespace PelNas.Shared.Torch.Supernets;

/// <summary>
/// Finds the sparse vector that a compressed measurement came from, by iterative soft thresholding (ISTA, Daubechies et al. 2004). The
/// penalty falls to its value step by step, each solution the start of the next: from zero, a small penalty would take ages to tell apart
/// the many vectors that explain the measurement.
/// </summary>
internal static class SparseRecovery
{
    private const int MostSteps = 100_000;
    private const double Converged = 1e-12;
    private const double Fall = 0.5;

    /// <summary>The x of least 1/2 |A x - b|^2 + penalty |x|_1.</summary>
    /// <param name="a">A, rows of equal length.</param>
    /// <param name="b">b, one value a row.</param>
    /// <param name="penalty">Weight of the absolute values, more than 0.</param>
    public static double[] Solve(double[][] a, double[] b, double penalty)
    {
        double[] x = new double[a[0].Length];

        // Above the largest correlation the solution is zero.
        double present = Enumerable.Range(0, x.Length).Max(column => Math.Abs(a.Select((row, place) => row[column] * b[place]).Sum()));
        while (present > penalty)
        {
            present = Math.Max(penalty, present * Fall);
            Improve(a, b, present, x);
        }

        return x;
    }

    private static void Improve(double[][] a, double[] b, double penalty, double[] x)
    {
        // No step may be longer than one over the largest eigenvalue of A'A, and the trace is no less than that.
        double step = 1 / a.Sum(row => row.Sum(value => value * value));
        double[] missing = new double[b.Length];
        double change = double.PositiveInfinity;
        for (int iteration = 0; iteration < MostSteps && change > Converged; iteration++)
        {
            for (int row = 0; row < b.Length; row++)
            {
                missing[row] = b[row];
                for (int column = 0; column < x.Length; column++)
                {
                    missing[row] -= a[row][column] * x[column];
                }
            }

            change = 0;
            for (int column = 0; column < x.Length; column++)
            {
                double moved = x[column];
                for (int row = 0; row < b.Length; row++)
                {
                    moved += step * a[row][column] * missing[row];
                }

                double shrunk = Math.Sign(moved) * Math.Max(0, Math.Abs(moved) - (step * penalty));
                change = Math.Max(change, Math.Abs(shrunk - x[column]));
                x[column] = shrunk;
            }
        }
    }
}
