using System.Numerics.Tensors;

namespace PelNas.Shared.Strategies.Surrogate;

/// <summary>
/// Cholesky factor of a positive definite matrix, kept as rows, which the solves below run along. MathNet's factor keeps columns and
/// solves for one vector at a time, too slow for all architectures of a space in every round.
/// </summary>
internal sealed class LowerFactor
{
    private readonly double[][] _rows;

    private LowerFactor(double[][] rows) => _rows = rows;

    /// <summary>Order of the matrix.</summary>
    public int Size => _rows.Length;

    /// <summary>Logarithm of the matrix's determinant.</summary>
    public double LogDeterminant => 2 * _rows.Select((row, i) => Math.Log(row[i])).Sum();

    /// <summary>Factors a matrix of which the lower triangle is read: row i has i + 1 values or more.</summary>
    /// <exception cref="ArgumentException">The matrix is not positive definite.</exception>
    public static LowerFactor Of(double[][] matrix)
    {
        double[][] rows = new double[matrix.Length][];
        for (int i = 0; i < rows.Length; i++)
        {
            double[] row = rows[i] = matrix[i].AsSpan(0, i + 1).ToArray();
            for (int j = 0; j < i; j++)
            {
                row[j] = (row[j] - TensorPrimitives.Dot(row.AsSpan(0, j), rows[j].AsSpan(0, j))) / rows[j][j];
            }

            double pivot = row[i] - TensorPrimitives.SumOfSquares(row.AsSpan(0, i));
            row[i] = pivot > 0 ? Math.Sqrt(pivot) : throw new ArgumentException($"The matrix is not positive definite at row {i}.", nameof(matrix));
        }

        return new LowerFactor(rows);
    }

    /// <summary>Solves L x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        double[] x = b.ToArray();
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = (x[i] - TensorPrimitives.Dot(x.AsSpan(0, i), _rows[i].AsSpan(0, i))) / _rows[i][i];
        }

        return x;
    }

    /// <summary>Solves L X = B for many columns at once, in place; row i of B is <c>b[i]</c>.</summary>
    public void SolveRows(double[][] b)
    {
        for (int i = 0; i < b.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                TensorPrimitives.MultiplyAdd(b[j], -_rows[i][j], b[i], b[i]);
            }

            TensorPrimitives.Divide(b[i], _rows[i][i], b[i]);
        }
    }

    /// <summary>L x.</summary>
    public double[] Multiply(ReadOnlySpan<double> x)
    {
        double[] product = new double[Size];
        for (int i = 0; i < product.Length; i++)
        {
            product[i] = TensorPrimitives.Dot(x[..(i + 1)], _rows[i].AsSpan(0, i + 1));
        }

        return product;
    }
}
