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
        int dimension = points.Count == 0 ? 0 : points[0].Length;
        for (int index = 0; index < points.Count; index++)
        {
            if (points[index].Length != dimension || dimension == 0)
            {
                throw new ArgumentException(
                    $"Point {index} has {points[index].Length} objectives, the first has {dimension}; one is the least.", nameof(points));
            }

            if (TensorPrimitives.IsNaNAny<double>(points[index]))
            {
                throw new ArgumentException($"Point {index} has an objective that is not a number.", nameof(points));
            }
        }

        return dimension;
    }
}
