using MathNet.Numerics.LinearAlgebra;

namespace PelNas.Shared.Comparison.Systems;

/// <summary>Least squares with no negative coefficient (Lawson and Hanson 1974, chapter 23), which MathNet has not.</summary>
internal static class NonNegativeLeastSquares
{
    private const double Tolerance = 1e-9;

    /// <summary>The x of least |A x - b| among those without a negative value.</summary>
    /// <param name="rows">A, row by row.</param>
    /// <param name="targets">b.</param>
    public static double[] Solve(double[][] rows, double[] targets)
    {
        int width = rows.Length == 0 ? 0 : rows[0].Length;
        double[] x = new double[width];
        bool[] isFree = new bool[width];
        if (width == 0)
        {
            return x;
        }

        Matrix<double> a = Matrix<double>.Build.DenseOfRowArrays(rows);
        Vector<double> b = Vector<double>.Build.DenseOfArray(targets);
        double scale = Tolerance * (1 + a.TransposeThisAndMultiply(b).AbsoluteMaximum());
        for (int step = 0; step < 3 * width; step++)
        {
            Vector<double> slope = a.TransposeThisAndMultiply(b - (a * Vector<double>.Build.DenseOfArray(x)));
            int next = Enumerable.Range(0, width).Where(column => !isFree[column] && slope[column] > scale).DefaultIfEmpty(-1)
                .MaxBy(column => column < 0 ? 0 : slope[column]);
            if (next < 0)
            {
                break;
            }

            isFree[next] = true;
            while (Array.Exists(isFree, free => free))
            {
                int[] free = [.. Enumerable.Range(0, width).Where(column => isFree[column])];
                double[] wanted = new double[width];
                Vector<double> solution = Matrix<double>.Build.DenseOfColumnVectors(free.Select(a.Column)).Svd().Solve(b);
                for (int place = 0; place < free.Length; place++)
                {
                    wanted[free[place]] = solution[place];
                }

                int[] negative = [.. free.Where(column => wanted[column] <= 0)];
                if (negative.Length == 0)
                {
                    x = wanted;
                    break;
                }

                // As far as the first of them allows; it is bound again.
                double share = negative.Min(column => x[column] / (x[column] - wanted[column]));
                for (int column = 0; column < width; column++)
                {
                    x[column] += share * (wanted[column] - x[column]);
                    isFree[column] = isFree[column] && x[column] > Tolerance;
                }
            }
        }

        return x;
    }
}
