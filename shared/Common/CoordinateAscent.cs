namespace PelNas.Shared.Common;

/// <summary>A coordinate search with halved steps: for a handful of hyperparameters whose gradient is not at hand.</summary>
internal static class CoordinateAscent
{
    private const double Gain = 1e-9;

    /// <summary>A local maximum near 0.</summary>
    /// <param name="function">What to maximise, of n numbers.</param>
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
                improved |= TryMove(place, step) || TryMove(place, -step);
            }

            step = improved ? step : step / 2;
        }

        return best;

        bool TryMove(int place, double by)
        {
            double[] moved = [.. best];
            moved[place] += by;
            double value = function(moved);
            if (!(value > bestValue + Gain))
            {
                return false;
            }

            (best, bestValue) = (moved, value);
            return true;
        }
    }
}
