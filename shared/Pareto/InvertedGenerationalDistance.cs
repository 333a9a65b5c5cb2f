namespace PelNas.Shared.Pareto;

/// <summary>Inverted generational distance (Coello Coello and Reyes Sierra 2004).</summary>
public static class InvertedGenerationalDistance
{
    /// <summary>
    /// Mean over the points of <paramref name="front"/> of the Euclidean distance to the nearest point of <paramref name="found"/>.
    /// </summary>
    /// <returns>0 when every point of the front was found; positive infinity when nothing was found.</returns>
    /// <exception cref="ArgumentException">The front is empty, the numbers of objectives differ or a value is NaN.</exception>
    public static double Compute(IReadOnlyList<double[]> front, IReadOnlyList<double[]> found)
    {
        int dimension = ParetoDominance.CheckDimension(front);
        int foundDimension = ParetoDominance.CheckDimension(found);
        if (front.Count == 0)
        {
            throw new ArgumentException("There is no distance to an empty front.", nameof(front));
        }

        if (found.Count > 0 && foundDimension != dimension)
        {
            throw new ArgumentException($"The found points have {foundDimension} objectives, the front has {dimension}.", nameof(found));
        }

        double total = 0;
        foreach (double[] point in front)
        {
            double nearest = double.PositiveInfinity;
            foreach (double[] candidate in found)
            {
                nearest = Math.Min(nearest, Distance(point, candidate));
            }

            total += nearest;
        }

        return total / front.Count;
    }

    private static double Distance(double[] left, double[] right)
    {
        double sum = 0;
        for (int objective = 0; objective < left.Length; objective++)
        {
            double difference = left[objective] - right[objective];
            sum += difference * difference;
        }

        return Math.Sqrt(sum);
    }
}
