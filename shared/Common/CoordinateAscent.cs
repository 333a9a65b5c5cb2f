namespace PelNas.Shared.Common;

/// <summary>A coordinate search with halved steps: for a handful of hyperparameters whose gradient is not at hand.</summary>
internal static class CoordinateAscent
{
    private const double Gain = 1e-9;

    /// <summary>A local maximum near 0.</summary>
    /// <param name="function">What to maximise, of n numbers. It is asked by two threads at once.</param>
    /// <param name="dimensions">n.</param>
    /// <param name="free">Places that may move.</param>
    /// <param name="firstStep">The first step in each direction.</param>
    /// <param name="lastStep">No smaller step is tried.</param>
    /// <param name="maxSweeps">Most sweeps over all places.</param>
    public static double[] Maximise(
        Func<double[], double> function, int dimensions, IReadOnlyList<int> free, double firstStep, double lastStep, int maxSweeps)
    {
        double[] best = new double[dimensions];
        double bestValue = function(best);
        double step = firstStep;
        for (int sweep = 0; sweep < maxSweeps && step >= lastStep; sweep++)
        {
            bool improved = false;
            foreach (int place in free)
            {
                improved |= TryMove(place);
            }

            step = improved ? step : step / 2;
        }

        return best;

        // Both ways at once, on two cores. The second counts only where the first is no better.
        bool TryMove(int place)
        {
            double[][] moved = [[.. best], [.. best]];
            moved[0][place] += step;
            moved[1][place] -= step;
            double[] values = new double[moved.Length];
            Parallel.For(0, moved.Length, way => values[way] = function(moved[way]));
            int better = Array.FindIndex(values, value => value > bestValue + Gain);
            if (better >= 0)
            {
                (best, bestValue) = (moved[better], values[better]);
            }

            return better >= 0;
        }
    }
}
