using MathNet.Numerics.Statistics;
using PelNas.Shared.Pareto;

namespace PelNas.Shared.Predictor;

/// <summary>
/// Ranks cells by what is believed of their accuracy and by their latencies, which are free: the front that would result, each time the
/// cell that adds most hypervolume to those before it, then the front of the rest, and so on.
/// </summary>
internal static class ExpectedFront
{
    private static readonly double[] Reference = [1, 1];

    /// <summary>Ranks up to <paramref name="count"/> cells.</summary>
    /// <param name="table">The functions. Of the cells that compute the same one the fastest stands for all.</param>
    /// <param name="beliefs">What is believed of each function, on any scale.</param>
    /// <param name="latencies">Latency of every cell of the space by index, ms; NaN where the device cannot run it.</param>
    /// <param name="isAllowed">Which cells may be ranked.</param>
    public static IReadOnlyList<int> Rank(
        FunctionTable table, double[] beliefs, IReadOnlyList<double> latencies, Func<int, bool> isAllowed, int count)
    {
        double[] ranks = beliefs.Ranks(RankDefinition.Average);
        double[] known = [.. latencies.Where(double.IsFinite).DefaultIfEmpty()];
        double fastest = known.Min();
        double span = known.Max() - fastest;
        List<Point> left =
        [
            .. Enumerable.Range(0, table.Count)
                .Select(function => (Function: function, Cells: table.Cells[function].Where(isAllowed).ToArray()))
                .Where(item => item.Cells.Length > 0)
                .Select(item => (item.Function, Cell: item.Cells.MinBy(cell => (latencies[cell], cell))))
                .Select(item => new Point(
                    item.Cell, span > 0 ? (latencies[item.Cell] - fastest) / span : 0, 1 - (ranks[item.Function] / table.Count)))
                .OrderBy(point => point.Latency).ThenBy(point => point.Error).ThenBy(point => point.Cell),
        ];
        List<int> ranked = [];
        while (ranked.Count < count && left.Count > 0)
        {
            List<Point> front = Front(left);
            HashSet<int> taken = [.. front.Select(point => point.Cell)];
            left.RemoveAll(point => taken.Contains(point.Cell));
            List<Point> chosen = [];
            while (front.Count > 0 && ranked.Count < count)
            {
                Point next = front.MaxBy(point => Area([.. chosen, point]));
                chosen.Add(next);
                front.Remove(next);
                ranked.Add(next.Cell);
            }
        }

        return ranked;
    }

    private static List<Point> Front(List<Point> byLatency)
    {
        List<Point> front = [];
        double level = double.PositiveInfinity;
        foreach (Point point in byLatency)
        {
            if (point.Error < level)
            {
                level = point.Error;
                front.Add(point);
            }
        }

        return front;
    }

    private static double Area(List<Point> points)
        => Hypervolume.Compute([.. points.Select(point => new[] { point.Latency, point.Error })], Reference);

    private readonly record struct Point(int Cell, double Latency, double Error);
}
