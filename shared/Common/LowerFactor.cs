using System.Numerics.Tensors;

namespace PelNas.Shared.Common;

/// <summary>
/// Cholesky factor of a positive definite matrix, kept as rows, which the solves below run along. MathNet's factor keeps columns and
/// solves for one vector at a time, too slow for all architectures of a space in every round.
/// </summary>
internal sealed class LowerFactor
{
    private readonly double[][] _rows;

    private LowerFactor(double[][] rows) => _rows = rows;

    /// <summary>The factor of the matrix of order 0.</summary>
    public static LowerFactor Empty { get; } = new([]);

    /// <summary>Order of the matrix.</summary>
    public int Size => _rows.Length;

    /// <summary>Logarithm of the matrix's determinant.</summary>
    public double LogDeterminant => 2 * _rows.Select((row, i) => Math.Log(row[i])).Sum();

    /// <summary>
    /// Factors a matrix of which the lower triangle is read (row i has i + 1 values or more), or returns null when it is not positive
    /// definite.
    /// </summary>
    public static LowerFactor? Of(double[][] matrix) => Empty.Extend(matrix);

    /// <summary>The factor of a matrix that this one's is the top left corner of.</summary>
    /// <param name="below">The rows below it, from their first value to the diagonal; longer ones are cut.</param>
    /// <returns>Null when the larger matrix is not positive definite.</returns>
    public LowerFactor? Extend(double[][] below)
    {
        double[][] rows = [.. _rows, .. below];
        for (int i = Size; i < rows.Length; i++)
        {
            double[] row = rows[i] = rows[i].AsSpan(0, i + 1).ToArray();
            for (int j = 0; j < i; j++)
            {
                row[j] = (row[j] - Dot(row, rows[j], j)) / rows[j][j];
            }

            double pivot = row[i] - Dot(row, row, i);
            if (!(pivot > 0))
            {
                return null;
            }

            row[i] = Math.Sqrt(pivot);
        }

        return new LowerFactor(rows);
    }

    /// <summary>
    /// Inner product of the first n values. Four sums in a fixed order: a sum by vector registers would depend on their width, and the
    /// search with it.
    /// </summary>
    public static double Dot(double[] first, double[] second, int n)
    {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i + 3 < n; i += 4)
        {
            sum0 += first[i] * second[i];
            sum1 += first[i + 1] * second[i + 1];
            sum2 += first[i + 2] * second[i + 2];
            sum3 += first[i + 3] * second[i + 3];
        }

        for (; i < n; i++)
        {
            sum0 += first[i] * second[i];
        }

        return sum0 + sum1 + (sum2 + sum3);
    }

    /// <summary>Solves L x = b.</summary>
    public double[] Solve(double[] b)
    {
        double[] x = [.. b];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = (x[i] - Dot(x, _rows[i], i)) / _rows[i][i];
        }

        return x;
    }

    /// <summary>Solves L X = B for many columns at once, in place; row i of B is <c>b[i]</c>.</summary>
    /// <param name="b">B, of which the first rows may be solved already.</param>
    /// <param name="solved">How many.</param>
    public void SolveRows(double[][] b, int solved = 0)
    {
        for (int i = solved; i < b.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                TensorPrimitives.MultiplyAdd(b[j], -_rows[i][j], b[i], b[i]);
            }

            TensorPrimitives.Divide(b[i], _rows[i][i], b[i]);
        }
    }

    /// <summary>The inverse, for what needs the inverse of the matrix itself.</summary>
    public InverseFactor Invert()
    {
        double[][] rows = [.. Enumerable.Range(0, Size).Select(i => { double[] row = new double[Size]; row[i] = 1; return row; })];
        SolveRows(rows);
        return new InverseFactor(rows);
    }

    /// <summary>L x.</summary>
    public double[] Multiply(double[] x) => [.. _rows.Select((row, i) => Dot(row, x, i + 1))];
}
