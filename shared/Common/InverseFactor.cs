using System.Numerics.Tensors;

namespace PelNas.Shared.Common;

/// <summary>The inverse of a <see cref="LowerFactor"/>, by rows.</summary>
internal sealed class InverseFactor(double[][] rows)
{
    /// <summary>The transposed inverse times x: where L x = b, the solution of the whole system of the matrix for b.</summary>
    public double[] Back(double[] x)
    {
        double[] product = new double[rows.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            TensorPrimitives.MultiplyAdd(rows[row], x[row], product, product);
        }

        return product;
    }

    /// <summary>Diagonal of the matrix's inverse.</summary>
    public double[] Diagonal()
    {
        double[] diagonal = new double[rows.Length];
        foreach (double[] row in rows)
        {
            TensorPrimitives.MultiplyAdd(row, row, diagonal, diagonal);
        }

        return diagonal;
    }
}
