using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Devices;

/// <summary>
/// Estimates a device's latencies from measurements of a few cells and from the devices whose tables ship. Safe to share between threads.
/// </summary>
public sealed class LatencyEstimator
{
    private const int LatencyDigits = 6;
    private const int DeviationDigits = 4;

    private readonly ISearchSpace _space;
    private readonly Remembered<LatencyKernel> _kernel;

    /// <summary>Opens the estimator. Tables are read when it is first used.</summary>
    /// <param name="tables">The tables that ship.</param>
    /// <param name="isKnown">Which devices may be known, by name; null for all. Comparisons leave a device and its siblings out.</param>
    public LatencyEstimator(BenchmarkTables tables, Predicate<string>? isKnown = null)
    {
        _space = tables.Space;
        _kernel = new(() => new LatencyKernel(_space, Known(tables, isKnown ?? (_ => true))));
    }

    internal LatencyKernel Kernel => _kernel.Value;

    /// <summary>Why a device cannot be estimated from some measurements, in one sentence, or null.</summary>
    public static string? WhyNot(IReadOnlyCollection<MeasuredCell> cells)
    {
        double[] latencies = [.. cells.Select(cell => cell.LatencyMs).OfType<double>()];
        if (latencies.Length < LatencyModel.MinCells)
        {
            return $"{latencies.Length} cells have a latency, and a device needs {LatencyModel.MinCells} or more, better 20; 'pelnas "
                + "devices suggest' names those to measure";
        }

        return latencies.Distinct().Skip(1).Any()
            ? null
            : $"all {latencies.Length} measured cells take {latencies[0]} ms, which says nothing about the others; measure on a finer "
                + "clock, or cells of different size";
    }

    /// <summary>The latency of every cell.</summary>
    /// <param name="cells">The measured cells, each once; such that <see cref="WhyNot"/> has nothing against them.</param>
    public LatencyEstimate Estimate(IReadOnlyCollection<MeasuredCell> cells)
    {
        LatencyModel model = Fit(cells);
        Dictionary<int, MeasuredCell> measured = cells.ToDictionary(cell => cell.Index);
        MeasurementNoise noise = MeasurementNoise.Of(cells);
        double[] means = Positive(WorkOrder.Impose(_space, model.MeansMs), measured.Values.Min(cell => cell.LatencyMs)!.Value);
        double[] latencies = new double[means.Length];
        double[] deviations = new double[means.Length];
        for (int index = 0; index < means.Length; index++)
        {
            (latencies[index], deviations[index]) = measured.TryGetValue(index, out MeasuredCell? cell)
                ? (cell.LatencyMs ?? double.NaN, cell.LatencyMs is null || noise.DeviationMs is null
                    ? 0
                    : Math.Sqrt(noise.Variance(cell.Repeats)))
                : (means[index], model.DeviationsMs[index]);
        }

        double[] truth = [.. model.Cells.Select(cell => measured[cell].LatencyMs!.Value)];
        return new LatencyEstimate(
            [.. latencies.Select(latency => Rounded(latency, LatencyDigits))],
            [.. deviations.Select(deviation => Rounded(deviation, DeviationDigits))],
            LatencyValidation.Of(truth, model.LeftOutMs));
    }

    /// <summary>What each measured cell that runs is predicted to take by all the others, ms, by index of the cell.</summary>
    /// <param name="cells">The measured cells, as <see cref="Estimate"/> takes them.</param>
    public IReadOnlyDictionary<int, double> LeaveOneOut(IReadOnlyCollection<MeasuredCell> cells)
    {
        LatencyModel model = Fit(cells);
        return model.Cells.Zip(model.LeftOutMs).ToDictionary(pair => pair.First, pair => Rounded(pair.Second, LatencyDigits));
    }

    /// <summary>The model of a device.</summary>
    internal LatencyModel Fit(IReadOnlyCollection<MeasuredCell> cells)
    {
        if (WhyNot(cells) is { } problem)
        {
            throw new ArgumentException(problem, nameof(cells));
        }

        return LatencyModel.Fit(Kernel, [.. cells.Where(cell => cell.LatencyMs is not null).OrderBy(cell => cell.Index)]);
    }

    // A device that cannot run everything says less of the others, and the networks of the other data sets differ in size alone.
    private static IReadOnlyList<double>[] Known(BenchmarkTables tables, Predicate<string> isKnown) =>
    [
        .. tables.Devices.Where(device => device.Infeasible == 0 && isKnown(device.Name))
            .Select(device => (IReadOnlyList<double>)tables.GetLatency(DeviceCatalog.Cifar10, device.Name)),
    ];

    /// <summary>
    /// Latencies above 0 in the same order: below half of the least that was measured they fall off as its reciprocal does, which leaves
    /// them of a size that a clock might show.
    /// </summary>
    private static double[] Positive(double[] values, double leastMs)
    {
        double bend = leastMs / 2;
        return Array.ConvertAll(values, value => value >= bend ? value : bend * bend / ((2 * bend) - value));
    }

    private static double Rounded(double value, int digits)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value;
        }

        return double.Parse(value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
