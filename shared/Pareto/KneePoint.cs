namespace PelNas.Shared.Pareto;

/// <summary>The compromise that a person would look at first (Das 1999).</summary>
public static class KneePoint
{
    /// <summary>
    /// The index of the point of a front that bulges farthest towards the ideal: with every objective scaled to 0..1 over the front, the
    /// one farthest below the plane through the extremes, which is the one with the least sum.
    /// </summary>
    /// <returns>
    /// The lowest index among equals, or null for an empty front. An objective in which all points are equal does not count.
    /// </returns>
    /// <exception cref="ArgumentException">The points differ in the number of objectives or hold NaN or infinities.</exception>
    public static int? Find(IReadOnlyList<double[]> front)
    {
        int dimension = ParetoDominance.CheckDimension(front);
        if (front.Count == 0)
        {
            return null;
        }

        double[] sums = new double[front.Count];
        for (int objective = 0; objective < dimension; objective++)
        {
            double least = front.Min(point => point[objective]);
            double range = front.Max(point => point[objective]) - least;
            if (!double.IsFinite(range))
            {
                throw new ArgumentException($"Objective {objective} has no finite range.", nameof(front));
            }

            for (int index = 0; index < sums.Length && range > 0; index++)
            {
                sums[index] += (front[index][objective] - least) / range;
            }
        }

        return Array.IndexOf(sums, sums.Min());
    }
}
