using System.Numerics.Tensors;

namespace PelNas.Shared.Pareto;

/// <summary>
/// Exact hypervolume (Zitzler and Thiele 1998) of points in two or three objectives, all minimised: the measure of what is dominated
/// by some point and itself dominates the reference point. O(n log n) in two objectives; a search has no more. In three the areas of the
/// front's slices are added up, O(n^2 log n).
/// </summary>
/// <remarks>
/// A point that is not better than the reference in every objective adds nothing; dominated points and copies add nothing. The
/// hypervolume of no points is 0.
/// </remarks>
public static class Hypervolume
{
    /// <summary>The hypervolume of the points.</summary>
    /// <param name="points">Points with as many objectives as the reference; they need not be a front.</param>
    /// <param name="reference">The reference point, two or three finite objectives.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of objectives differ or are neither 2 nor 3, or a value is NaN or the volume infinite.
    /// </exception>
    public static double Compute(IReadOnlyList<double[]> points, double[] reference)
    {
        if (reference.Length is not (2 or 3))
        {
            throw new ArgumentException($"The reference has {reference.Length} objectives; 2 and 3 are supported.", nameof(reference));
        }

        if (TensorPrimitives.IsNaNAny<double>(reference))
        {
            throw new ArgumentException("The reference has an objective that is not a number.", nameof(reference));
        }

        int dimension = ParetoDominance.CheckDimension(points);
        if (points.Count > 0 && dimension != reference.Length)
        {
            throw new ArgumentException($"The points have {dimension} objectives, the reference has {reference.Length}.", nameof(points));
        }

        double[][] better = [.. points.Where(point => IsBetter(point, reference))];
        double[][] front = [.. NonDominatedSort.FirstFront(better).Select(index => better[index])];
        double volume = reference.Length == 2 ? Area(front, reference) : Volume(front, reference);
        return double.IsFinite(volume)
            ? volume
            : throw new ArgumentException("The points and the reference span no finite volume.", nameof(points));
    }

    private static bool IsBetter(double[] point, double[] reference)
    {
        for (int objective = 0; objective < point.Length; objective++)
        {
            if (!(point[objective] < reference[objective]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The area of points in lexicographic order, which need not be a front in the plane.</summary>
    private static double Area(IEnumerable<double[]> points, double[] reference)
    {
        double area = 0;
        double height = reference[1];
        foreach (double[] point in points)
        {
            if (point[1] < height)
            {
                area += (reference[0] - point[0]) * (height - point[1]);
                height = point[1];
            }
        }

        return area;
    }

    private static double Volume(double[][] front, double[] reference)
    {
        double[] heights = [.. front.Select(point => point[2]).Distinct().Order(), reference[2]];
        return heights.Zip(heights.Skip(1), (from, to) => Area(front.Where(point => point[2] <= from), reference) * (to - from)).Sum();
    }
}
