namespace PelNas.Shared.Torch.Supernets;

/// <summary>Finds the sparse vector that a compressed measurement came from, by iterative soft thresholding (Daubechies et al. 2004).</summary>
internal static class SparseRecovery
{
    private const int MostSteps = 100_000;
    private const double Converged = 1e-12;

    /// <summary>The x of least 1/2 |A x - b|^2 + penalty |x|_1.</summary>
    /// <param name="a">A, rows of equal length.</param>
    /// <param name="b">b, one value a row.</param>
    /// <param name="penalty">Weight of the absolute values, more than 0.</param>
    public static double[] Solve(double[][] a, double[] b, double penalty)
    {
        int width = a[0].Length;

        // No step may be longer than one over the largest eigenvalue of A'A, and the trace is no less than that.
        double step = 1 / a.Sum(row => row.Sum(value => value * value));
        double[] x = new double[width];
        for (int iteration = 0; iteration < MostSteps; iteration++)
        {
            double[] missing = [.. a.Select((row, place) => b[place] - Dot(row, x))];
            double change = 0;
            for (int column = 0; column < width; column++)
            {
                double moved = x[column] + (step * a.Select((row, place) => row[column] * missing[place]).Sum());
                double shrunk = Math.Sign(moved) * Math.Max(0, Math.Abs(moved) - (step * penalty));
                change = Math.Max(change, Math.Abs(shrunk - x[column]));
                x[column] = shrunk;
            }

            if (change < Converged)
            {
                break;
            }
        }

        return x;
    }

    private static double Dot(double[] first, double[] second)
    {
        double sum = 0;
        for (int place = 0; place < first.Length; place++)
        {
            sum += first[place] * second[place];
        }

        return sum;
    }
}
