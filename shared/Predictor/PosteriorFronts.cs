using PelNas.Shared.Common;

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
    /// <param name="found">What is labelled.</param>
    /// <param name="cells">n cells with live paths, fastest first.</param>
    /// <param name="latencies">Their latencies, ms.</param>
    /// <param name="slowest">Greatest latency of the space, ms.</param>
    /// <param name="random">Source of the samples.</param>
    public static PosteriorFronts Draw(
        FunctionTable table, FunctionProcess process, LabelledStaircase found, int[] cells, double[] latencies, double slowest, Random random)
    {
        int[] functions = [.. cells.Select(cell => table.FunctionOf[cell]).Distinct()];
        Dictionary<int, int> column = functions.Select((function, place) => (function, place)).ToDictionary(pair => pair.function, pair => pair.place);
        int[] columns = [.. cells.Select(cell => column[table.FunctionOf[cell]])];
        double[] gains = new double[cells.Length];
        double[] shares = new double[cells.Length];
        foreach (double[] sample in process.Sample(functions, Samples, random))
        {
            double[] noise = Normal.Draw(cells.Length, random);
            double[] values = [.. columns.Select((place, cell) => sample[place] + (process.CellDeviation * noise[cell]))];
            List<int> front = Front(values, latencies, found);
            for (int i = 0; i < front.Count; i++)
            {
                double end = i + 1 < front.Count ? latencies[front[i + 1]] : slowest;
                gains[front[i]] += found.Gain(latencies[front[i]], end, values[front[i]]) / Samples;
                shares[front[i]] += 1.0 / Samples;
            }
        }

        return new PosteriorFronts(gains, shares);
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
