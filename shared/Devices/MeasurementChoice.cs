using PelNas.Shared.Pareto;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Devices;

/// <summary>Chooses cells to measure.</summary>
public static class MeasurementChoice
{
    /// <summary>Most cells in one answer.</summary>
    public const int MaxCount = 60;

    /// <summary>The training-free score that stands for accuracy.</summary>
    public const string StandIn = "naswot";

    private const int Sampled = 1_500;
    private const int Samples = 64;
    private const int Seed = 1;

    // What can be known before any device: work costs, and how much is to be found out.
    private static readonly LatencyWeights Structure = LatencyWeights.At(new double[LatencyWeights.Count]) with { Known = 0 };

    /// <summary>
    /// The cells to measure first, the same for every device, in the order of what they reveal: those that leave least uncertain of
    /// all other cells where nothing but the work in a cell is known. Found once by <see cref="Spread"/>; NAS-Bench-201.
    /// </summary>
    private static readonly int[] First =
    [
        3266, 2732, 5242, 6610, 14153, 8517, 11282, 1538, 1156, 12664, 1290, 1038, 9343, 10948, 11421,
        4125, 12657, 11386, 4076, 3583, 3505, 12682, 12676, 7690, 1624, 3281, 7581, 535, 12491, 9946,
        318, 14717, 8863, 1758, 2855, 4494, 6877, 2805, 14144, 3605, 7314, 14707, 7643, 4905, 4359,
        251, 99, 10342, 14480, 4667, 5842, 3368, 10182, 9467, 2755, 15265, 10679, 4522, 10858, 5856,
    ];

    /// <summary>The first cells to measure on a device.</summary>
    /// <param name="count">How many, 1 to <see cref="MaxCount"/>.</param>
    public static IReadOnlyList<int> Begin(int count) => First[..count];

    /// <summary>
    /// The cells to measure next: those that leave least uncertain of where the front lies. The front is that of latency and a stand-in for
    /// accuracy, since no label is paid for here.
    /// </summary>
    /// <param name="estimator">The known devices.</param>
    /// <param name="measured">What is measured.</param>
    /// <param name="worth">By cell, what stands for its accuracy; NaN where there is none.</param>
    /// <param name="count">How many, 1 to <see cref="MaxCount"/>.</param>
    public static IReadOnlyList<int> Continue(
        LatencyEstimator estimator, IReadOnlyCollection<MeasuredCell> measured, IReadOnlyList<double> worth, int count)
    {
        LatencyModel model = estimator.Fit(measured);
        HashSet<int> done = [.. measured.Select(cell => cell.Index)];
        int[] promising = [.. Promising(model, worth)];
        double[] shares = new double[promising.Length];
        foreach (double[] sample in model.Sample(promising, Samples, SeededRandom.For(Seed, "measurement-front")))
        {
            double[] points = [.. promising.SelectMany((cell, place) => new[] { sample[place], -worth[cell] })];
            foreach (int place in NonDominatedSort.FirstFront(points, 2))
            {
                shares[place] += 1.0 / Samples;
            }
        }

        return Greedy(promising, model.Posterior(promising), shares, model.Weights.Own, place => !done.Contains(promising[place]), count);
    }

    /// <summary>The cells that reveal most about all others, of a sample of the space and the cells of one operation alone.</summary>
    internal static IReadOnlyList<int> Spread(ISearchSpace space, int count)
    {
        LatencyKernel kernel = new(space, []);
        int[] all = [.. Enumerable.Range(0, space.Size)];
        SeededRandom.For(Seed, "measurement-spread").Shuffle(all);
        IEnumerable<int> uniform = Enumerable.Range(0, space.Size).Where(cell => space.Genotype(cell).ToArray().Distinct().Count() == 1);
        int[] cells = [.. uniform.Concat(all.Take(Sampled)).Distinct()];
        double[][] covariance =
            [.. cells.Select((first, i) =>
                cells.Take(i + 1).Select(second => LatencyKernel.Covariance(kernel.Compare(first, second), Structure)).ToArray())];
        return Greedy(cells, covariance, [.. cells.Select(_ => 1.0)], Structure.Own, _ => true, count);
    }

    /// <summary>Takes in turn the cell whose measurement lowers the weighted sum of variances most.</summary>
    private static List<int> Greedy(int[] cells, double[][] lower, double[] weights, double noise, Func<int, bool> isOpen, int count)
    {
        double[][] covariance = [.. cells.Select((_, i) => cells.Select((_, j) => i >= j ? lower[i][j] : lower[j][i]).ToArray())];
        List<int> chosen = [];
        while (chosen.Count < Math.Min(count, cells.Length))
        {
            int best = -1;
            double most = double.NegativeInfinity;
            for (int place = 0; place < cells.Length; place++)
            {
                if (isOpen(place) && !chosen.Contains(cells[place]))
                {
                    double gain = covariance[place].Zip(weights, (value, weight) => weight * value * value)
                        .Sum() / (covariance[place][place] + noise);
                    (best, most) = gain > most ? (place, gain) : (best, most);
                }
            }

            if (best < 0)
            {
                break;
            }

            chosen.Add(cells[best]);
            double[] row = [.. covariance[best]];
            double scale = 1 / (row[best] + noise);
            for (int i = 0; i < cells.Length; i++)
            {
                for (int j = 0; j < cells.Length; j++)
                {
                    covariance[i][j] -= row[i] * row[j] * scale;
                }
            }
        }

        return chosen;
    }

    /// <summary>The cells that come nearest to the front of the predictions, by how many have a lower latency and a higher worth.</summary>
    private static IEnumerable<int> Promising(LatencyModel model, IReadOnlyList<double> worth)
    {
        int[] cells = [.. Enumerable.Range(0, worth.Count).Where(cell => double.IsFinite(worth[cell])).OrderBy(cell => model.MeansMs[cell])
            .ThenBy(cell => cell)];
        List<double> better = [];
        List<(int Cell, int Above)> ranked = [];
        foreach (int cell in cells)
        {
            int place = better.BinarySearch(worth[cell]);
            place = place < 0 ? ~place : place;
            ranked.Add((cell, better.Count - place));
            better.Insert(place, worth[cell]);
        }

        return ranked.OrderBy(pair => pair.Above).ThenBy(pair => pair.Cell).Take(Sampled / 3).Select(pair => pair.Cell);
    }
}
