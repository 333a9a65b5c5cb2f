using PelNas.Shared.Devices;

namespace PelNas.Shared.Predictor;

/// <summary>
/// What joint posterior samples say of cells: how often each is on the front of all cells and labels, and what area it gains there.
/// </summary>
internal sealed class PosteriorFronts
{
    private const int Samples = 64;

    private PosteriorFronts(double[] gains, double[] shares)
    {
        Gains = gains;
        Shares = shares;
    }

    /// <summary>Mean gain of each cell over the labels, by <see cref="LabelledStaircase.Gain"/>.</summary>
    public double[] Gains { get; }

    /// <summary>Share of the samples in which each cell is on the front.</summary>
    public double[] Shares { get; }

    /// <summary>Draws the samples.</summary>
    /// <param name="table">The functions.</param>
    /// <param name="process">The process, conditioned on the labels.</param>
    /// <param name="cells">n cells with live paths, fastest first.</param>
    /// <param name="latencies">Their latencies, ms.</param>
    /// <param name="slowest">Greatest latency of the space, ms.</param>
    /// <param name="random">Source of the samples.</param>
    /// <param name="deviations">
    /// Standard deviations of their latencies, ms, which are then drawn too, each by itself: what all share does not change who is faster.
    /// Null where latencies are known.
    /// </param>
    public static PosteriorFronts Draw(
        FunctionTable table, FunctionProcess process, LabelledStaircase found, int[] cells,
        double[] latencies, double slowest, Random random, double[]? deviations = null)
    {
        int[] functions = [.. cells.Select(cell => table.FunctionOf[cell]).Distinct()];
        Dictionary<int, int> column = functions.Select((function, place) => (function, place))
            .ToDictionary(pair => pair.function, pair => pair.place);
        int[] columns = [.. cells.Select(cell => column[table.FunctionOf[cell]])];
        double[] gains = new double[cells.Length];
        double[] shares = new double[cells.Length];
        foreach (double[] sample in process.Sample(functions, Samples, random))
        {
            double[] noise = Normal.Draw(cells.Length, random);
            double[] values = [.. columns.Select((place, cell) => sample[place] + (process.CellDeviation * noise[cell]))];
            (double[] drawn, int[] places) = DrawLatencies(latencies, deviations, random);
            double[] ordered = [.. places.Select(place => values[place])];
            List<int> front = Front(ordered, drawn, found);
            for (int i = 0; i < front.Count; i++)
            {
                double end = i + 1 < front.Count ? drawn[front[i + 1]] : slowest;
                gains[places[front[i]]] += found.Gain(drawn[front[i]], end, ordered[front[i]]) / Samples;
                shares[places[front[i]]] += 1.0 / Samples;
            }
        }

        return new PosteriorFronts(gains, shares);
    }

    /// <summary>Latencies of a sample, ascending, and the place of the cell that each is of.</summary>
    private static (double[] Latencies, int[] Places) DrawLatencies(double[] latencies, double[]? deviations, Random random)
    {
        int[] places = [.. Enumerable.Range(0, latencies.Length)];
        if (deviations is null)
        {
            return (latencies, places);
        }

        double[] noise = Normal.Draw(latencies.Length, random);
        double[] drawn = [.. latencies.Select((mean, place) => LatencyInterval.AtLeast(mean + (deviations[place] * noise[place]), mean))];
        Array.Sort(drawn, places);
        return (drawn, places);
    }

    /// <summary>Places of the cells that no cell and no label dominates, fastest first.</summary>
    private static List<int> Front(double[] values, double[] latencies, LabelledStaircase found)
    {
        List<int> front = [];
        double level = double.NegativeInfinity;
        for (int place = 0; place < values.Length;)
        {
            int best = place;
            double latency = latencies[place];
            for (place++; place < values.Length && latencies[place] <= latency; place++)
            {
                best = values[place] > values[best] ? place : best;
            }

            if (values[best] > Math.Max(level, found.Level(latency)))
            {
                level = values[best];
                front.Add(best);
            }
        }

        return front;
    }
}
