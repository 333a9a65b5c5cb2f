using MathNet.Numerics.Statistics;

namespace PelNas.Shared.Devices.Measuring;

/// <summary>
/// Measures networks on this machine. Each round runs every network once, in another order, so that a machine that gets slower or is busy
/// for a while does so to all of them; the median over the rounds is the latency.
/// </summary>
public static class InterleavedTiming
{
    private const int WarmUp = 3;

    // Of a normal distribution, the standard deviation is this many times the median absolute deviation.
    private const double DeviationOfMedian = 1.4826;

    /// <summary>Measures cells.</summary>
    /// <param name="cells">n cells.</param>
    /// <param name="rounds">Times that each is run, warm-up apart.</param>
    /// <param name="open">Loads the network of a cell.</param>
    /// <param name="log">Keeps what is measured. The rounds that it has already are not run again.</param>
    /// <param name="progress">Receives the number of runs done, up to n times <paramref name="rounds"/>.</param>
    /// <param name="cancellationToken">Cancels between two runs.</param>
    /// <returns>The cells with their medians, ms, and the spread of single runs.</returns>
    public static IReadOnlyList<MeasuredCell> Measure(
        IReadOnlyList<int> cells, int rounds, Func<int, OnnxTimer> open, TimingLog log, IProgress<int>? progress,
        CancellationToken cancellationToken)
    {
        int done = Math.Min(log.RoundsOf(cells), rounds);
        progress?.Report(done * cells.Count);
        if (done < rounds)
        {
            Run(cells, done, rounds, open, log, progress, cancellationToken);
        }

        return [.. cells.Select(cell => Summarise(cell, log.Of(cell, rounds)))];
    }

    private static void Run(
        IReadOnlyList<int> cells, int first, int rounds, Func<int, OnnxTimer> open, TimingLog log, IProgress<int>? progress,
        CancellationToken cancellationToken)
    {
        Dictionary<int, OnnxTimer> timers = [];
        try
        {
            foreach (int cell in cells)
            {
                cancellationToken.ThrowIfCancellationRequested();
                OnnxTimer timer = timers[cell] = open(cell);
                for (int run = 0; run < WarmUp; run++)
                {
                    timer.RunMs();
                }
            }

            for (int round = first; round < rounds; round++)
            {
                int[] order = [.. cells];
                SeededRandom.For(1, "timing-order", round).Shuffle(order);
                List<(int Cell, double Ms)> timings = [];
                foreach (int cell in order)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    timings.Add((cell, timers[cell].RunMs()));
                    progress?.Report((round * cells.Count) + timings.Count);
                }

                log.Add(round, timings);
            }
        }
        finally
        {
            foreach (OnnxTimer timer in timers.Values)
            {
                timer.Dispose();
            }
        }
    }

    private static MeasuredCell Summarise(int cell, IReadOnlyList<double> timings)
    {
        double median = timings.Median();
        return new MeasuredCell(
            cell, median, timings.Count, DeviationOfMedian * timings.Select(timing => Math.Abs(timing - median)).Median());
    }
}
