using System.Collections.Immutable;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Tables;

/// <summary>
/// A data set and a device with the accuracies of every architecture of a space, and its latency where the device can run it.
/// </summary>
public sealed class BenchmarkContext
{
    /// <summary>Times the latency that 99 % of the architectures keep to. No table that ships comes to half of it.</summary>
    public const double FarOutside = 10;

    private const double Rest = 0.99;

    private readonly Lazy<ContextMetrics> _metrics;

    /// <summary>Makes a context from tables, for example a user's own latencies.</summary>
    /// <param name="validationAccuracy">Validation accuracy by architecture, percent.</param>
    /// <param name="testAccuracy">Test accuracy by architecture, percent.</param>
    /// <param name="latencyMs">Latency by architecture, ms; NaN where the device cannot run it.</param>
    /// <param name="tableVersion">Version of a user's latency table, null for one that ships.</param>
    /// <param name="uncertainty">What is not certain of the latencies, null for a table of them all.</param>
    /// <param name="energyMj">Energy by architecture, mJ; default where there is no table of it.</param>
    /// <exception cref="ArgumentException">
    /// A table has not one value per architecture, an accuracy is not finite, a latency is infinite, or the device can run nothing.
    /// </exception>
    public BenchmarkContext(
        string dataset,
        string device,
        ISearchSpace space,
        ImmutableArray<double> validationAccuracy,
        ImmutableArray<double> testAccuracy,
        ImmutableArray<double> latencyMs,
        string? tableVersion = null,
        LatencyUncertainty? uncertainty = null,
        ImmutableArray<double> energyMj = default)
        : this(dataset, DatasetShape.Of(dataset), device, space, validationAccuracy, testAccuracy, latencyMs,
            tableVersion, uncertainty, energyMj)
    {
    }

    /// <summary>Makes a context of a space that has one accuracy per architecture, which is the label and judges fronts alike.</summary>
    /// <param name="shape">Its image size and classes.</param>
    /// <param name="accuracy">Accuracy by architecture, percent.</param>
    /// <param name="latencyMs">Latency by architecture, ms; NaN where the device cannot run it.</param>
    /// <exception cref="ArgumentException">As for tables of two accuracies.</exception>
    public BenchmarkContext(
        string dataset, DatasetShape shape, string device, ISearchSpace space, ImmutableArray<double> accuracy,
        ImmutableArray<double> latencyMs)
        : this(dataset, shape, device, space, accuracy, accuracy, latencyMs, tableVersion: null, uncertainty: null, energyMj: default)
    {
    }

    private BenchmarkContext(
        string dataset,
        DatasetShape shape,
        string device,
        ISearchSpace space,
        ImmutableArray<double> validationAccuracy,
        ImmutableArray<double> testAccuracy,
        ImmutableArray<double> latencyMs,
        string? tableVersion,
        LatencyUncertainty? uncertainty,
        ImmutableArray<double> energyMj)
        : this(dataset, shape, device, space, latencyMs, tableVersion, uncertainty, energyMj, known: null)
    {
        Check(validationAccuracy, space, nameof(validationAccuracy), double.IsFinite);
        Check(testAccuracy, space, nameof(testAccuracy), double.IsFinite);
        HasAccuracies = true;
        ValidationAccuracy = validationAccuracy;
        TestAccuracy = testAccuracy;
        _metrics = new(() => new ContextMetrics(this));
    }

    /// <summary>Makes a context of a data set whose accuracies nobody knows beforehand.</summary>
    /// <param name="shape">Its image size and classes.</param>
    /// <param name="latencyMs">Latency by architecture, ms; NaN where the device cannot run it.</param>
    /// <param name="tableVersion">Version of a user's latency table, null for one that ships.</param>
    /// <param name="uncertainty">What is not certain of the latencies, null for a table of them all.</param>
    /// <param name="energyMj">Energy by architecture, mJ; default where there is no table of it.</param>
    /// <exception cref="ArgumentException">
    /// The table has not one value per architecture, a latency is infinite, or the device can run nothing.
    /// </exception>
    public BenchmarkContext(
        string dataset, DatasetShape shape, string device, ISearchSpace space, ImmutableArray<double> latencyMs,
        string? tableVersion = null,
        LatencyUncertainty? uncertainty = null, ImmutableArray<double> energyMj = default)
        : this(dataset, shape, device, space, latencyMs, tableVersion, uncertainty, energyMj, known: null)
    {
    }

    private BenchmarkContext(
        string dataset, DatasetShape shape, string device, ISearchSpace space, ImmutableArray<double> latencyMs, string? tableVersion,
        LatencyUncertainty? uncertainty, ImmutableArray<double> energyMj, BenchmarkContext? known)
    {
        Shape = shape;
        (LatencyMs, LatencyRangeMs, LatencyWarning, FeasibleCount) = Checked(device, dataset, space, latencyMs, known);
        Dataset = dataset;
        Device = device;
        Space = space;
        TableVersion = tableVersion;
        Uncertainty = uncertainty;
        EnergyMj = energyMj;
        _metrics = new(() => throw new InvalidOperationException($"The exact front of {Name} is not known."));
    }

    /// <summary>Makes a context of architectures of an open space.</summary>
    /// <param name="open">The space.</param>
    /// <param name="shape">Its image size and classes.</param>
    /// <param name="space">The architectures.</param>
    /// <param name="labels">What their labels would show, percent; default where the user brings the labels.</param>
    /// <param name="latencyMs">Their latencies, ms; NaN for places that no architecture has taken.</param>
    /// <param name="latencyOf">What is known or believed of the latency of any architecture, ms.</param>
    /// <param name="known">A context whose range of latencies is that of this one; null for that of these architectures.</param>
    /// <param name="uncertainty">What is not certain of the latencies; null where they are known.</param>
    internal BenchmarkContext(
        OpenBenchmark open, string dataset, DatasetShape shape, string device, ISearchSpace space, ImmutableArray<double> labels,
        ImmutableArray<double> latencyMs,
        Func<byte[], double> latencyOf, BenchmarkContext? known, LatencyUncertainty? uncertainty = null)
        : this(dataset, shape, device, space, latencyMs, tableVersion: null, uncertainty, energyMj: default, known)
    {
        Open = open;
        LatencyOf = latencyOf;
        ValidationAccuracy = labels;
        TestAccuracy = labels;
    }

    /// <summary>The open space that the architectures are of; null for a space that is searched whole.</summary>
    public OpenBenchmark? Open { get; }

    /// <summary>
    /// The latency of any architecture of an open space, ms, as it is known or believed; null for a space that is searched whole.
    /// </summary>
    internal Func<byte[], double>? LatencyOf { get; }

    /// <summary>Name of the data set.</summary>
    public string Dataset { get; }

    /// <summary>Name of the device.</summary>
    public string Device { get; }

    /// <summary>Image size and classes of the data set.</summary>
    public DatasetShape Shape { get; }

    /// <summary>Whether the accuracies of all architectures are known, and so the exact front. Never of an open space.</summary>
    public bool HasAccuracies { get; }

    /// <summary>The context in one word, <c>cifar10:fpga</c>.</summary>
    public string Name => $"{Dataset}:{Device}";

    /// <summary>The space.</summary>
    public ISearchSpace Space { get; }

    /// <summary>
    /// Validation accuracy by architecture, percent; nothing without <see cref="HasAccuracies"/>, but in an open space what labels show.
    /// </summary>
    public ImmutableArray<double> ValidationAccuracy { get; }

    /// <summary>
    /// Test accuracy by architecture, percent: what fronts are judged on; nothing without <see cref="HasAccuracies"/>, but in an open space
    /// what labels show.
    /// </summary>
    public ImmutableArray<double> TestAccuracy { get; }

    /// <summary>Latency by architecture, ms; NaN where the device cannot run it.</summary>
    public ImmutableArray<double> LatencyMs { get; }

    /// <summary>
    /// Least and greatest latency of the architectures that the device can run, ms. Latencies far outside the rest, over
    /// <see cref="FarOutside"/> times what 99 % keep to, count for no more than the greatest of the others.
    /// </summary>
    public (double Min, double Max) LatencyRangeMs { get; }

    /// <summary>That some latencies are far outside the rest, and how far measures count; null when none is.</summary>
    public string? LatencyWarning { get; }

    /// <summary>Number of architectures that the device can run.</summary>
    public int FeasibleCount { get; }

    /// <summary>Version of the user's latency table, or null when the table ships with the product.</summary>
    public string? TableVersion { get; }

    /// <summary>What is not certain of the latencies; null where a table has them all.</summary>
    public LatencyUncertainty? Uncertainty { get; }

    /// <summary>Energy for one image by architecture, mJ; default where there is no table of it.</summary>
    public ImmutableArray<double> EnergyMj { get; }

    /// <summary>The yardstick of the context: exact front, normalisation, quality of a found front. Computed at first use.</summary>
    public ContextMetrics Metrics => _metrics.Value;

    /// <summary>The accuracies that labels show, by architecture, percent. Reading a value is what a search pays a label for.</summary>
    /// <param name="labelsFrom">One of <see cref="LabelSources"/>.</param>
    public ImmutableArray<double> Labels(string labelsFrom) => labelsFrom == LabelSources.Test ? TestAccuracy : ValidationAccuracy;

    /// <summary>Whether the device can run an architecture.</summary>
    public bool IsFeasible(int index) => double.IsFinite(LatencyMs[index]);

    private static (ImmutableArray<double> LatencyMs, (double Min, double Max) Range, string? Warning, int Count) Checked(
        string device, string dataset, ISearchSpace space, ImmutableArray<double> latencyMs, BenchmarkContext? known)
    {
        Check(latencyMs, space, nameof(latencyMs), latency => !double.IsInfinity(latency));
        int feasible = latencyMs.Count(double.IsFinite);
        if (feasible == 0)
        {
            throw new ArgumentException($"{device} can run no architecture: the table has no latency at all.", nameof(latencyMs));
        }

        ((double Min, double Max) range, string? warning) = known is not null
            ? (known.LatencyRangeMs, known.LatencyWarning)
            : Range(device, dataset, latencyMs.Where(double.IsFinite));
        return (latencyMs, range, warning, feasible);
    }

    /// <summary>The range that measures count, and a warning where a latency is far outside it, or null.</summary>
    /// <param name="latencyMs">Its latencies, ms, at least one, in any order.</param>
    public static ((double Min, double Max) Range, string? Warning) Range(string device, string dataset, IEnumerable<double> latencyMs)
    {
        double[] known = [.. latencyMs.Order()];
        double most = FarOutside * known[(int)(Rest * (known.Length - 1))];
        double greatest = known.Last(latency => latency <= most);
        int outside = known.Count(latency => latency > most);
        string which = outside == 1 ? $"1 latency of {device} on {dataset} is" : $"{outside} latencies of {device} on {dataset} are";
        return ((known[0], greatest), outside == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{which} far outside the rest, {(outside == 1 ? "" : "the greatest ")}{known[^1]:0.####} ms: measures count latencies up to "
                + $"{greatest:0.####} ms"));
    }

    private static void Check(ImmutableArray<double> values, ISearchSpace space, string name, Func<double, bool> isAllowed)
    {
        if (values.IsDefault || values.Length != space.Size)
        {
            throw new ArgumentException(
                $"{space.Name} has {space.Size} architectures, the table has {(values.IsDefault ? 0 : values.Length)} values.", name);
        }

        int index = 0;
        foreach (double value in values.AsSpan())
        {
            if (!isAllowed(value))
            {
                throw new ArgumentException($"Architecture {index} has no finite value.", name);
            }

            index++;
        }
    }
}
