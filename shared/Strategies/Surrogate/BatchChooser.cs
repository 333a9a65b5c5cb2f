namespace PelNas.Shared.Strategies.Surrogate;

/// <summary>
/// Chooses the next labels from joint posterior samples of the most promising cells. Picks take turns between the largest gain in
/// area, over the samples and given the picks before it, and the largest probability of being on the sampled front.
/// </summary>
internal sealed class BatchChooser(FunctionTable table, IReadOnlyList<double> latencies)
{
    private const int Samples = 48;
    private const int Shortlist = 300;

    /// <summary>Picks cells, of distinct functions.</summary>
    /// <param name="process">The process, fitted.</param>
    /// <param name="found">The best labelled values.</param>
    /// <param name="isOpen">Whether a cell may be picked.</param>
    /// <param name="count">How many.</param>
    /// <param name="random">Source of the samples.</param>
    public List<int> Choose(FunctionProcess process, Skyline found, Func<int, bool> isOpen, int count, Random random)
    {
        int[] cells = Promising(process, found, isOpen);
        if (cells.Length == 0)
        {
            return [];
        }

        double[][] samples = SampleCells(process, cells, random);
        double[] probabilities = FrontProbabilities(cells, samples, found);
        Skyline[] skylines = [.. samples.Select(_ => new Skyline(found))];
        List<int> chosen = [];
        HashSet<int> functions = [];
        while (chosen.Count < count && cells.Any(cell => !functions.Contains(table.FunctionOf[cell])))
        {
            IEnumerable<int> open = Enumerable.Range(0, cells.Length).Where(place => !functions.Contains(table.FunctionOf[cells[place]]));
            int pick = chosen.Count % 2 == 0
                ? open.MaxBy(place => Gain(place))
                : open.MaxBy(place => (probabilities[place], Gain(place)));
            chosen.Add(cells[pick]);
            functions.Add(table.FunctionOf[cells[pick]]);
            for (int sample = 0; sample < samples.Length; sample++)
            {
                skylines[sample].Add(latencies[cells[pick]], samples[sample][pick]);
            }
        }

        return chosen;

        double Gain(int place)
        {
            double gain = 0;
            for (int sample = 0; sample < samples.Length; sample++)
            {
                gain += skylines[sample].Gain(latencies[cells[place]], samples[sample][place]);
            }

            return gain;
        }
    }

    /// <summary>The open cells with the largest expected gain, and those with the largest probability of any gain.</summary>
    private int[] Promising(FunctionProcess process, Skyline found, Func<int, bool> isOpen)
    {
        List<(int Cell, double Gain, double Score)> open = [];
        for (int function = 0; function < table.Count; function++)
        {
            double mean = process.Means[function];
            double deviation = Math.Sqrt((process.Deviations[function] * process.Deviations[function]) + (process.CellDeviation * process.CellDeviation));
            foreach (int cell in table.Cells[function])
            {
                double score = (mean - found.Level(latencies[cell])) / deviation;
                if (score > -4 && isOpen(cell))
                {
                    open.Add((cell, found.ExpectedGain(latencies[cell], mean, deviation), score));
                }
            }
        }

        return
        [
            .. open.OrderByDescending(cell => cell.Gain).Take(Shortlist)
                .Union(open.OrderByDescending(cell => cell.Score).Take(Shortlist))
                .Select(cell => cell.Cell)
                .OrderBy(cell => latencies[cell]).ThenBy(cell => cell),
        ];
    }

    private double[][] SampleCells(FunctionProcess process, int[] cells, Random random)
    {
        int[] functions = [.. cells.Select(cell => table.FunctionOf[cell]).Distinct()];
        Dictionary<int, int> column = functions.Select((function, place) => (function, place)).ToDictionary(pair => pair.function, pair => pair.place);
        int[] columns = [.. cells.Select(cell => column[table.FunctionOf[cell]])];
        return
        [
            .. process.Sample(functions, Samples, random).Select(values =>
            {
                double[] noise = Normal.Draw(cells.Length, random);
                return columns.Select((place, cell) => values[place] + (process.CellDeviation * noise[cell])).ToArray();
            }),
        ];
    }

    /// <summary>Share of the samples in which each cell, of those sorted by latency, is on the front of cells and labels.</summary>
    private double[] FrontProbabilities(int[] cells, double[][] samples, Skyline found)
    {
        double[] shares = new double[cells.Length];
        foreach (double[] sample in samples)
        {
            double level = double.NegativeInfinity;
            for (int place = 0; place < cells.Length;)
            {
                double latency = latencies[cells[place]];
                int best = place;
                for (place++; place < cells.Length && latencies[cells[place]] <= latency; place++)
                {
                    best = sample[place] > sample[best] ? place : best;
                }

                if (sample[best] > Math.Max(level, found.Level(latency)))
                {
                    level = sample[best];
                    shares[best] += 1.0 / samples.Length;
                }
            }
        }

        return shares;
    }
}
