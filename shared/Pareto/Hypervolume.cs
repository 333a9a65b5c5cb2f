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
    /// <exception cref="ArgumentException">The numbers of objectives differ or are neither 2 nor 3, or a value is NaN or the volume infinite.</exception>
    public static double Compute(IReadOnlyList<double[]> points, ReadOnlySpan<double> reference)
    {
        int dimension = ParetoDominance.CheckDimension(points);
        if (reference.Length is not (2 or 3))
        {
            throw new ArgumentException($"The reference has {reference.Length} objectives; 2 and 3 are supported.", nameof(reference));
        }

        if (points.Count > 0 && dimension != reference.Length)
        {
            throw new ArgumentException($"The points have {dimension} objectives, the reference has {reference.Length}.", nameof(points));
        }

        List<double[]> better = [];
        foreach (double[] point in points)
        {
            if (IsBetter(point, reference))
            {
                better.Add(point);
            }
        }

        double volume = reference.Length == 2 ? Area(better, reference[0], reference[1]) : Volume(better, reference[0], reference[1], reference[2]);
        return double.IsFinite(volume) ? volume : throw new ArgumentException("The points and the reference span no finite volume.", nameof(points));
    }

    private static bool IsBetter(double[] point, ReadOnlySpan<double> reference)
    {
        for (int objective = 0; objective < reference.Length; objective++)
        {
            if (!(point[objective] < reference[objective]))
            {
                return false;
            }
        }

        return true;
    }

    private static double Area(List<double[]> points, double referenceX, double referenceY)
    {
        double area = 0;
        double height = referenceY;
        foreach (int index in LexicographicOrder.Of(points))
        {
            double[] point = points[index];
            if (point[1] < height)
            {
                area += (referenceX - point[0]) * (height - point[1]);
                height = point[1];
            }
        }

        return area;
    }

    /// <summary>Sweeps along the third objective; the cross-section only grows, and a <see cref="Staircase"/> keeps its area.</summary>
    private static double Volume(List<double[]> points, double referenceX, double referenceY, double referenceZ)
    {
        double[][] byX = [.. LexicographicOrder.Of(points).Select(index => points[index])];
        int[] sweep = [.. Enumerable.Range(0, byX.Length).OrderBy(rank => byX[rank][2])];
        Staircase section = new(byX, referenceX, referenceY);
        double volume = 0;
        for (int step = 0; step < sweep.Length; step++)
        {
            section.Add(sweep[step]);
            double next = step + 1 < sweep.Length ? byX[sweep[step + 1]][2] : referenceZ;
            volume += section.Area * (next - byX[sweep[step]][2]);
        }

        return volume;
    }
}
