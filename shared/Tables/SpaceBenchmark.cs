using System.Collections.Concurrent;
using System.Collections.Immutable;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Tables;

/// <summary>
/// A closed space other than NAS-Bench-201 with its tables: the accuracies of its data sets and the latencies of its devices.
/// </summary>
internal sealed class SpaceBenchmark : ISpaceBenchmark
{
    private readonly IReadOnlyDictionary<string, ImmutableArray<double>> _accuracies;
    private readonly IReadOnlyDictionary<string, ImmutableArray<double>> _latencies;
    private readonly DatasetShape _shape;
    private readonly ConcurrentDictionary<(string Dataset, string Device), BenchmarkContext> _contexts = new();

    /// <summary>Makes the benchmark.</summary>
    /// <param name="accuracies">By data set the accuracy of every architecture, percent. They are labels and judge fronts alike.</param>
    /// <param name="latencies">
    /// By device the latency of every architecture, ms, NaN where there is none; the same for all data sets.
    /// </param>
    /// <param name="shape">Images and classes.</param>
    public SpaceBenchmark(
        ISearchSpace space,
        IReadOnlyDictionary<string, ImmutableArray<double>> accuracies,
        IReadOnlyDictionary<string, ImmutableArray<double>> latencies,
        DatasetShape shape)
    {
        Space = space;
        _accuracies = accuracies;
        _latencies = latencies;
        _shape = shape;
        Datasets = [.. accuracies.Keys];
        Devices = [.. latencies.Keys];
    }

    /// <summary>The space.</summary>
    public ISearchSpace Space { get; }

    public string Name => Space.Name;

    public IReadOnlyList<string> DecisionNames => Space.DecisionNames;

    public double Architectures => Space.Size;

    public IReadOnlyList<string> Datasets { get; }

    public IReadOnlyList<string> Devices { get; }

    /// <summary>The context of a data set and a device, the same object each time.</summary>
    /// <exception cref="UnknownContextException">There is no such data set or device.</exception>
    public BenchmarkContext GetContext(string dataset, string device)
    {
        UnknownContextException.ThrowIfNotIn(Name, "dataset", dataset, Datasets);
        UnknownContextException.ThrowIfNotIn(Name, "device", device, Devices);
        return _contexts.GetOrAdd(
            (dataset, device),
            key => new BenchmarkContext(
                key.Dataset, _shape, key.Device, Space, _latencies[key.Device], (_accuracies[key.Dataset], _accuracies[key.Dataset])));
    }

    public BenchmarkContext GetContext(string dataset, string device, int seed) => GetContext(dataset, device);
}
