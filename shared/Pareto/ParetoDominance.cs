using System.Numerics.Tensors;

namespace PelNas.Shared.Pareto;

/// <summary>Pareto dominance. Every objective is minimised.</summary>
public static class ParetoDominance
{
    /// <summary>
    /// Whether <paramref name="left"/> is no worse than <paramref name="right"/> in every objective and better in one. Equal points
    /// do not dominate each other.
    /// </summary>
    /// <exception cref="ArgumentException">The points have different numbers of objectives.</exception>
    public static bool Dominates(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        if (left.Length != right.Length)
        {
            throw new ArgumentException($"The points have {left.Length} and {right.Length} objectives.", nameof(right));
        }

        bool better = false;
        for (int objective = 0; objective < left.Length; objective++)
        {
            if (left[objective] > right[objective])
            {
                return false;
            }

            better |= left[objective] < right[objective];
        }

        return better;
    }

    /// <summary>The number of objectives of a set of points; 0 for the empty set.</summary>
    /// <exception cref="ArgumentException">The points differ in it, or a value is NaN, which has no order.</exception>
    internal static int CheckDimension(IReadOnlyList<double[]> points)
    {
        int dimension = DimensionOf(points);
        for (int index = 0; index < points.Count; index++)
        {
            if (TensorPrimitives.IsNaNAny<double>(points[index]))
            {
                throw new ArgumentException(NotANumber(index), nameof(points));
            }
        }

        return dimension;
    }

    /// <summary>Checks points that lie in one array, point after point.</summary>
    /// <exception cref="ArgumentException">There is no objective, a point lacks some, or a value is NaN, which has no order.</exception>
    internal static void Check(ReadOnlySpan<double> points, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (points.Length % dimension != 0)
        {
            throw new ArgumentException(
                $"{points.Length} numbers are no whole number of points with {dimension} objectives each.", nameof(points));
        }

        if (TensorPrimitives.IsNaNAny(points))
        {
            throw new ArgumentException(NotANumber(points.IndexOf(double.NaN) / dimension), nameof(points));
        }
    }

    /// <summary>The points in one array, point after point. Their values are not checked.</summary>
    /// <param name="dimension">The number of objectives; 1 for the empty set.</param>
    /// <exception cref="ArgumentException">The points differ in the number of objectives or have none.</exception>
    internal static double[] Flatten(IReadOnlyList<double[]> points, out int dimension)
    {
        dimension = Math.Max(DimensionOf(points), 1);
        double[] flat = new double[points.Count * dimension];
        for (int index = 0; index < points.Count; index++)
        {
            points[index].CopyTo(flat, index * dimension);
        }

        return flat;
    }

    private static int DimensionOf(IReadOnlyList<double[]> points)
    {
        int dimension = points.Count == 0 ? 0 : points[0].Length;
        for (int index = 0; index < points.Count; index++)
        {
            if (points[index].Length != dimension || dimension == 0)
            {
                throw new ArgumentException(
                    $"Point {index} has {points[index].Length} objectives, the first has {dimension}; one is the least.", nameof(points));
            }
        }

        return dimension;
    }

    private static string NotANumber(int index) => $"Point {index} has an objective that is not a number.";
}
