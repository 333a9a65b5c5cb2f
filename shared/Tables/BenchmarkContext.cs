using System.Collections.Frozen;
using System.Collections.Immutable;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Tables;

/// <summary>A data set and a device with the accuracies of every architecture of a space, and its latency where the device can run it.</summary>
public sealed class BenchmarkContext
{
    private readonly Lazy<ContextMetrics> _metrics;

    /// <summary>Makes a context from tables, for example a user's own latencies.</summary>
    /// <param name="dataset">Name of the data set.</param>
    /// <param name="device">Name of the device.</param>
    /// <param name="space">The space.</param>
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
    {
        ArgumentNullException.ThrowIfNull(space);
        Check(validationAccuracy, space, nameof(validationAccuracy), double.IsFinite);
        Check(testAccuracy, space, nameof(testAccuracy), double.IsFinite);
        Check(latencyMs, space, nameof(latencyMs), latency => !double.IsInfinity(latency));
        double[] known = [.. latencyMs.Where(double.IsFinite)];
        if (known.Length == 0)
        {
            throw new ArgumentException($"{device} can run no architecture: the table has no latency at all.", nameof(latencyMs));
        }

        Dataset = dataset;
        Device = device;
        Space = space;
        ValidationAccuracy = validationAccuracy;
        TestAccuracy = testAccuracy;
        LatencyMs = latencyMs;
        LatencyRangeMs = (known.Min(), known.Max());
        FeasibleCount = known.Length;
        TableVersion = tableVersion;
        Uncertainty = uncertainty;
        EnergyMj = energyMj;
        _metrics = new(() => new ContextMetrics(this));
    }

    /// <summary>Name of the data set.</summary>
    public string Dataset { get; }

    /// <summary>Name of the device.</summary>
    public string Device { get; }

    /// <summary>The context in one word, <c>cifar10:fpga</c>.</summary>
    public string Name => $"{Dataset}:{Device}";

    /// <summary>The space.</summary>
    public ISearchSpace Space { get; }

    /// <summary>Validation accuracy by architecture, percent.</summary>
    public ImmutableArray<double> ValidationAccuracy { get; }

    /// <summary>Test accuracy by architecture, percent: what fronts are judged on.</summary>
    public ImmutableArray<double> TestAccuracy { get; }

    /// <summary>Latency by architecture, ms; NaN where the device cannot run it.</summary>
    public ImmutableArray<double> LatencyMs { get; }

    /// <summary>Least and greatest latency of the architectures that the device can run, ms.</summary>
    public (double Min, double Max) LatencyRangeMs { get; }

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

    private static void Check(ImmutableArray<double> values, ISearchSpace space, string name, Func<double, bool> isAllowed)
    {
        if (values.IsDefault || values.Length != space.Size)
        {
            throw new ArgumentException($"{space.Name} has {space.Size} architectures, the table has {(values.IsDefault ? 0 : values.Length)} values.", name);
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

/// <summary>What is not certain of a device's latencies, of which some are measured and the others predicted.</summary>
/// <param name="DeviationMs">Standard deviation by architecture, ms.</param>
/// <param name="Measured">The architectures that were measured.</param>
public sealed record LatencyUncertainty(ImmutableArray<double> DeviationMs, FrozenSet<int> Measured);
