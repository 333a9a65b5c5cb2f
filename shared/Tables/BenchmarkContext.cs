using System.Collections.Immutable;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Tables;

/// <summary>A data set and a device with the accuracy and the latency of every architecture of a space.</summary>
public sealed class BenchmarkContext
{
    private readonly Lazy<ContextMetrics> _metrics;

    /// <summary>Makes a context from full tables, for example a user's own latencies.</summary>
    /// <param name="dataset">Name of the data set.</param>
    /// <param name="device">Name of the device.</param>
    /// <param name="space">The space.</param>
    /// <param name="accuracy">Test accuracy by architecture, percent.</param>
    /// <param name="latencyMs">Latency by architecture, ms.</param>
    /// <param name="tableVersion">Version of a user's latency table, null for one that ships.</param>
    /// <exception cref="ArgumentException">A table has not one finite value an architecture.</exception>
    public BenchmarkContext(
        string dataset, string device, ISearchSpace space, ImmutableArray<double> accuracy, ImmutableArray<double> latencyMs, string? tableVersion = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        Check(accuracy, space, nameof(accuracy));
        Check(latencyMs, space, nameof(latencyMs));
        Dataset = dataset;
        Device = device;
        Space = space;
        Accuracy = accuracy;
        LatencyMs = latencyMs;
        TableVersion = tableVersion;
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

    /// <summary>True test accuracy by architecture, percent. Reading a value is what a search pays a label for.</summary>
    public ImmutableArray<double> Accuracy { get; }

    /// <summary>Latency by architecture, ms.</summary>
    public ImmutableArray<double> LatencyMs { get; }

    /// <summary>Version of the user's latency table, or null when the table ships with the product.</summary>
    public string? TableVersion { get; }

    /// <summary>The yardstick of the context: exact front, normalisation, quality of a found front. Computed at first use.</summary>
    public ContextMetrics Metrics => _metrics.Value;

    private static void Check(ImmutableArray<double> values, ISearchSpace space, string name)
    {
        if (values.IsDefault || values.Length != space.Size)
        {
            throw new ArgumentException($"{space.Name} has {space.Size} architectures, the table has {(values.IsDefault ? 0 : values.Length)} values.", name);
        }

        int index = 0;
        foreach (double value in values.AsSpan())
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException($"Architecture {index} has no finite value.", name);
            }

            index++;
        }
    }
}
