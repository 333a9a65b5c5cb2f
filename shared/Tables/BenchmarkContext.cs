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

    /// <summary>Makes a context.</summary>
    /// <param name="shape">Image size and classes of the data set.</param>
    /// <param name="latencyMs">Latency by architecture, ms; NaN where the device cannot run it.</param>
    /// <param name="accuracies">Accuracies by architecture, percent; null where nobody knows them beforehand.</param>
    /// <param name="scale">A context whose range of latencies is that of this one too; null for the range of these latencies.</param>
    /// <exception cref="ArgumentException">
    /// A table has not one value per architecture, an accuracy is not finite, a latency is infinite, or the device can run nothing.
    /// </exception>
    public BenchmarkContext(
        string dataset, DatasetShape shape, string device, ISearchSpace space, ImmutableArray<double> latencyMs,
        (ImmutableArray<double> Validation, ImmutableArray<double> Test)? accuracies = null, BenchmarkContext? scale = null)
    {
        Check(latencyMs, space, nameof(latencyMs), latency => !double.IsInfinity(latency));
        FeasibleCount = latencyMs.Count(double.IsFinite);
        if (FeasibleCount == 0)
        {
            throw new ArgumentException($"{device} can run no architecture: the table has no latency at all.", nameof(latencyMs));
        }

        if (accuracies is { } known)
        {
            Check(known.Validation, space, "validationAccuracy", double.IsFinite);
            Check(known.Test, space, "testAccuracy", double.IsFinite);
            (ValidationAccuracy, TestAccuracy, HasAccuracies) = (known.Validation, known.Test, true);
        }

        (Dataset, Shape, Device, Space, LatencyMs) = (dataset, shape, device, space, latencyMs);
        (LatencyRangeMs, LatencyWarning) = scale is null
            ? Range(device, dataset, latencyMs.Where(double.IsFinite))
            : (scale.LatencyRangeMs, scale.LatencyWarning);
        _metrics = new(() => HasAccuracies
            ? new ContextMetrics(this)
            : throw new InvalidOperationException($"The exact front of {Name} is not known."));
    }

    /// <summary>The open space that the architectures are of; null for a space that is searched whole.</summary>
    internal OpenBenchmark? Open { get; init; }

    /// <summary>
    /// The latency of any architecture of an open space, ms, as it is known or believed; null for a space that is searched whole.
    /// </summary>
    internal Func<byte[], double>? LatencyOf { get; init; }

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
    public ImmutableArray<double> ValidationAccuracy { get; internal init; }

    /// <summary>
    /// Test accuracy by architecture, percent: what fronts are judged on; nothing without <see cref="HasAccuracies"/>, but in an open space
    /// what labels show.
    /// </summary>
    public ImmutableArray<double> TestAccuracy { get; internal init; }

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
    public string? TableVersion { get; init; }

    /// <summary>What is not certain of the latencies; null where a table has them all.</summary>
    public LatencyUncertainty? Uncertainty { get; init; }

    /// <summary>Energy for one image by architecture, mJ; default where there is no table of it.</summary>
    public ImmutableArray<double> EnergyMj { get; init; }

    /// <summary>The yardstick of the context: exact front, normalisation, quality of a found front. Computed at first use.</summary>
    public ContextMetrics Metrics => _metrics.Value;

    /// <summary>The accuracies that labels show, by architecture, percent. Reading a value is what a search pays a label for.</summary>
    /// <param name="labelsFrom">One of <see cref="LabelSources"/>.</param>
    public ImmutableArray<double> Labels(string labelsFrom) => labelsFrom == LabelSources.Test ? TestAccuracy : ValidationAccuracy;

    /// <summary>Whether the device can run an architecture.</summary>
    public bool IsFeasible(int index) => double.IsFinite(LatencyMs[index]);

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

    /// <summary>The same for a search that gets its labels elsewhere.</summary>
    public BenchmarkContext WithoutAccuracies() => new(Dataset, Shape, Device, Space, LatencyMs, scale: this)
    {
        TableVersion = TableVersion,
        Uncertainty = Uncertainty,
        EnergyMj = EnergyMj,
    };

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
