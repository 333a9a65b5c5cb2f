using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace PelNas.Shared.Pareto;

/// <summary>
/// Exact hypervolume (Zitzler and Thiele 1998) of points in two or three objectives, all minimised: the measure of what is dominated
/// by some point and itself dominates the reference point. O(n log n) by sweeping (Beume et al. 2009 for three objectives).
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
    [OverloadResolutionPriority(1)] // An empty collection expression would suit both overloads.
    public static double Compute(IReadOnlyList<double[]> points, ReadOnlySpan<double> reference)
    {
        double[] flat = ParetoDominance.Flatten(points, out int dimension);
        return points.Count == 0 || dimension == reference.Length || reference.Length is not (2 or 3)
            ? Compute(flat, reference)
            : throw new ArgumentException($"The points have {dimension} objectives, the reference has {reference.Length}.", nameof(points));
    }

    /// <summary>The hypervolume of the points.</summary>
    /// <param name="points">Points with as many objectives as the reference, point after point; they need not be a front.</param>
    /// <param name="reference">The reference point, two or three finite objectives.</param>
    /// <exception cref="ArgumentException">
    /// The reference has neither 2 nor 3 objectives, a point fewer than it, or a value is NaN or the volume infinite.
    /// </exception>
    public static double Compute(ReadOnlySpan<double> points, ReadOnlySpan<double> reference)
    {
        if (reference.Length is not (2 or 3))
        {
            throw new ArgumentException($"The reference has {reference.Length} objectives; 2 and 3 are supported.", nameof(reference));
        }

        if (TensorPrimitives.IsNaNAny(reference))
        {
            throw new ArgumentException("The reference has an objective that is not a number.", nameof(reference));
        }

        ParetoDominance.Check(points, reference.Length);
        double[] rented = ArrayPool<double>.Shared.Rent(points.Length);
        ReadOnlySpan<double> kept = rented.AsSpan(0, Keep(points, reference, rented));
        double volume = reference.Length == 2
            ? Area(kept, reference[0], reference[1])
            : Volume(kept, reference[0], reference[1], reference[2]);
        ArrayPool<double>.Shared.Return(rented);
        return double.IsFinite(volume)
            ? volume
            : throw new ArgumentException("The points and the reference span no finite volume.", nameof(points));
    }

    /// <summary>
    /// Copies the points that are better than the reference, without those dominated by the point that spans most by itself: of points
    /// that are no front this leaves few to sort.
    /// </summary>
    /// <returns>How many numbers were copied.</returns>
    private static int Keep(ReadOnlySpan<double> points, ReadOnlySpan<double> reference, Span<double> kept)
    {
        int dimension = reference.Length;
        int length = 0;
        int greatest = 0;
        double greatestBox = 0;
        for (int start = 0; start < points.Length; start += dimension)
        {
            bool better = true;
            double box = 1;
            for (int objective = 0; objective < dimension; objective++)
            {
                double value = points[start + objective];
                kept[length + objective] = value;
                better &= value < reference[objective];
                box *= reference[objective] - value;
            }

            if (better)
            {
                (greatest, greatestBox) = box > greatestBox ? (length, box) : (greatest, greatestBox);
                length += dimension;
            }
        }

        return length == 0 ? 0 : Drop(kept[..length], dimension, greatest);
    }

    private static int Drop(Span<double> points, int dimension, int dominating)
    {
        Span<double> dominator = stackalloc double[dimension];
        points.Slice(dominating, dimension).CopyTo(dominator);
        int length = 0;
        for (int start = 0; start < points.Length; start += dimension)
        {
            bool dominated = true;
            for (int objective = 0; objective < dimension; objective++)
            {
                double value = points[start + objective];
                points[length + objective] = value;
                dominated &= dominator[objective] <= value;
            }

            length += dominated && start != dominating ? 0 : dimension;
        }

        return length;
    }

    private static double Area(ReadOnlySpan<double> points, double referenceX, double referenceY)
    {
        double area = 0;
        double height = referenceY;
        foreach (int index in LexicographicOrder.Of(points, 2))
        {
            double y = points[(2 * index) + 1];
            if (y < height)
            {
                area += (referenceX - points[2 * index]) * (height - y);
                height = y;
            }
        }

        return area;
    }

    /// <summary>Sweeps along the third objective; the cross-section only grows, and a <see cref="Staircase"/> keeps its area.</summary>
    private static double Volume(ReadOnlySpan<double> points, double referenceX, double referenceY, double referenceZ)
    {
        int[] order = LexicographicOrder.Of(points, 3);
        double[] x = new double[order.Length];
        double[] y = new double[order.Length];
        double[] z = new double[order.Length];
        for (int rank = 0; rank < order.Length; rank++)
        {
            ReadOnlySpan<double> point = points.Slice(order[rank] * 3, 3);
            (x[rank], y[rank], z[rank]) = (point[0], point[1], point[2]);
        }

        Staircase section = new(x, y, referenceX, referenceY);
        int[] sweep = LexicographicOrder.Of(z, 1);
        double volume = 0;
        for (int step = 0; step < sweep.Length; step++)
        {
            section.Add(sweep[step]);
            double next = step + 1 < sweep.Length ? z[sweep[step + 1]] : referenceZ;
            volume += section.Area * (next - z[sweep[step]]);
        }

        return volume;
    }
}
