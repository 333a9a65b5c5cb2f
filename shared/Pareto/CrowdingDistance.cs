namespace PelNas.Shared.Pareto;

/// <summary>Crowding distance of NSGA-II (Deb et al. 2002, section III-B).</summary>
public static class CrowdingDistance
{
    /// <summary>
    /// For each point of one front the sum, over the objectives, of the gap between its two neighbours in that objective, divided by
    /// the objective's range. The extremes of an objective get positive infinity.
    /// </summary>
    /// <remarks>
    /// Among equal values the point of lower index stands first, so of several copies of an extreme only one is the extreme, and a copy
    /// between two others gets 0. An objective in which all points are equal adds nothing and has no extremes, unless all of them are equal
    /// in every objective: then, as for one or two points, every distance is infinite.
    /// </remarks>
    /// <exception cref="ArgumentException">The points differ in the number of objectives or hold NaN or infinities.</exception>
    public static double[] Compute(IReadOnlyList<double[]> front)
    {
        int dimension = ParetoDominance.CheckDimension(front);
        double[] distances = new double[front.Count];
        int[] order = [.. Enumerable.Range(0, front.Count)];
        bool spread = false;
        for (int objective = 0; objective < dimension; objective++)
        {
            int key = objective;
            Array.Sort(order, (left, right) =>
            {
                int compared = front[left][key].CompareTo(front[right][key]);
                return compared != 0 ? compared : left.CompareTo(right);
            });
            double range = front[order[^1]][objective] - front[order[0]][objective];
            if (!double.IsFinite(range))
            {
                throw new ArgumentException($"Objective {objective} has no finite range.", nameof(front));
            }

            if (range > 0)
            {
                spread = true;
                AddGaps(front, order, objective, range, distances);
            }
        }

        if (!spread)
        {
            Array.Fill(distances, double.PositiveInfinity);
        }

        return distances;
    }

    private static void AddGaps(IReadOnlyList<double[]> front, int[] order, int objective, double range, double[] distances)
    {
        distances[order[0]] = double.PositiveInfinity;
        distances[order[^1]] = double.PositiveInfinity;
        for (int place = 1; place < order.Length - 1; place++)
        {
            distances[order[place]] += (front[order[place + 1]][objective] - front[order[place - 1]][objective]) / range;
        }
    }
}
