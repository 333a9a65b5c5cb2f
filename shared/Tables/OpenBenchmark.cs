using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Tables;

/// <summary>
/// An open space with what is known of any of its architectures. A search in it begins with the context of a sample, and each time that it
/// looks at more architectures it goes on in a context that has them too.
/// </summary>
/// <param name="name">Name of the space.</param>
/// <param name="measures">What is known of an architecture.</param>
/// <param name="shape">Images and classes; null where each search says them.</param>
/// <param name="bestKnown">The best front that is known, by device; null where none is.</param>
internal sealed class OpenBenchmark(
    string name, DecisionSpace space, OpenMeasures measures,
    DatasetShape? shape, IReadOnlyDictionary<string, IReadOnlyList<byte[]>>? bestKnown = null) : ISpaceBenchmark
{
    private readonly ConcurrentDictionary<(string Dataset, string Device), Lazy<BestKnownFront>> _bestKnown = new();

    /// <summary>The complexity of an architecture instead of a latency, where the user has no device.</summary>
    public const string ComplexityDevice = "complexity";

    /// <summary>Architectures of the sample; a small space is sampled whole.</summary>
    public const int SampleSize = 2048;

    /// <summary>The decisions.</summary>
    public DecisionSpace Decisions => space;

    public ISearchSpace Space { get; } = new TableSpace(
        name, space.Decisions, [], new SpaceCosts(null, null, [], measures.ComplexityUnit), new OpenSample(space, 0));

    /// <summary>What is known of an architecture.</summary>
    public OpenMeasures Measures => measures;

    public string Name => name;

    public IReadOnlyList<string> DecisionNames => [.. space.Decisions.Select(decision => decision.Name)];

    public double Architectures => space.Combinations;

    public IReadOnlyList<string> Datasets => [.. measures.Accuracies.Keys];

    public IReadOnlyList<string> Devices => [.. measures.Latencies.Keys];

    public BenchmarkContext GetContext(string dataset, string device, int seed)
    {
        if (Datasets.Count > 0)
        {
            UnknownContextException.ThrowIfNotIn(name, "dataset", dataset, Datasets);
        }

        return GetContext(dataset, device, shape ?? new DatasetShape(1, 2), seed);
    }

    /// <summary>The context of a search's sample.</summary>
    /// <param name="dataset">Name of the data set, any where the user brings the labels.</param>
    /// <param name="images">Images and classes.</param>
    /// <param name="seed">Seed of the sample.</param>
    /// <exception cref="UnknownContextException">There is no such device.</exception>
    public BenchmarkContext GetContext(string dataset, string device, DatasetShape images, int seed)
    {
        UnknownContextException.ThrowIfNotIn(name, "device", device, Devices);
        Func<byte[], double> latency = measures.Latencies[device];
        List<byte[]> sample = [.. space.Sample(SampleSize, SeededRandom.For(seed, "open-sample"))];

        // A sample hardly has the ends of the range, which are free to know.
        foreach (byte[] end in new[]
        {
            space.Descend(sample.MinBy(latency)!, latency),
            space.Descend(sample.MaxBy(latency)!, genotype => -latency(genotype)),
        })
        {
            if (!sample.Exists(genotype => genotype.AsSpan().SequenceEqual(end)))
            {
                sample.Add(end);
            }
        }

        ImmutableArray<double> labels = Values(dataset, sample);
        return new BenchmarkContext(dataset, images, device, SpaceOf(sample, sample.Count), Values(latency, sample))
        {
            Open = this,
            LatencyOf = latency,
            ValidationAccuracy = labels,
            TestAccuracy = labels,
        };
    }

    /// <summary>A context with more architectures, whose indices follow those that it has.</summary>
    /// <param name="context">A context of this space.</param>
    /// <param name="further">The architectures; one of no decision is a place that none has taken, which no device can run.</param>
    public BenchmarkContext Extend(BenchmarkContext context, IReadOnlyList<byte[]> further)
    {
        ImmutableArray<double> labels = context.ValidationAccuracy;
        labels = labels.IsDefault ? labels : labels.AddRange(Values(context.Dataset, further));
        return new BenchmarkContext(
            context.Dataset, context.Shape, context.Device, ((TableSpace)context.Space).Extend(further, Costs(further)),
            context.LatencyMs.AddRange(Values(context.LatencyOf!, further)), scale: context)
        {
            Open = this,
            LatencyOf = context.LatencyOf,
            ValidationAccuracy = labels,
            TestAccuracy = labels,
            Uncertainty = context.Uncertainty is { } known
                ? known with { DeviationMs = known.DeviationMs.AddRange(Enumerable.Repeat(known.DeviationMs.Max(), further.Count)) }
                : null,
        };
    }

    /// <summary>A context whose latencies are what a search has come to believe.</summary>
    /// <param name="context">A context of this space.</param>
    /// <param name="latencyOf">What is believed of an architecture, ms.</param>
    /// <param name="known">Latencies that were told, ms, by index.</param>
    /// <param name="deviationMs">Standard deviation of the others, ms.</param>
    public BenchmarkContext Believe(
        BenchmarkContext context, Func<byte[], double> latencyOf, IReadOnlyDictionary<int, double> known, double deviationMs)
    {
        ImmutableArray<double> latencies =
        [
            .. Enumerable.Range(0, context.Space.Size).Select(index => known.TryGetValue(index, out double told) ? told
                : context.IsFeasible(index) ? latencyOf(context.Space.Genotype(index).ToArray())
                : double.NaN),
        ];
        return new BenchmarkContext(context.Dataset, context.Shape, context.Device, context.Space, latencies)
        {
            Open = this,
            LatencyOf = latencyOf,
            ValidationAccuracy = context.ValidationAccuracy,
            TestAccuracy = context.TestAccuracy,
            Uncertainty = new LatencyUncertainty(
                [.. latencies.Select((_, index) => known.ContainsKey(index) ? 0 : deviationMs)], known.Keys.ToFrozenSet()),
        };
    }

    /// <summary>The yardstick of a context.</summary>
    /// <exception cref="InvalidOperationException">No front is known.</exception>
    public BestKnownFront BestKnown(string dataset, string device) => _bestKnown.GetOrAdd((dataset, device), key => new(() =>
    {
        IReadOnlyList<byte[]> front = bestKnown?.GetValueOrDefault(device)
            ?? throw new InvalidOperationException($"No front of {name} is known on {device}.");
        BenchmarkContext sample = GetContext(dataset, device, seed: 0);
        return new BestKnownFront(
            [.. Values(measures.Latencies[device], front).Zip(Values(dataset, front))], sample.LatencyRangeMs, sample.TestAccuracy.Min());
    })).Value;

    /// <summary>Architectures of the space by an index of their own.</summary>
    /// <param name="sampleSize">How many of the first are the sample of the search.</param>
    internal TableSpace SpaceOf(IReadOnlyList<byte[]> genotypes, int sampleSize)
        => new TableSpace(name, space.Decisions, genotypes, Costs(genotypes), new OpenSample(space, sampleSize));

    private SpaceCosts Costs(IReadOnlyList<byte[]> genotypes)
    {
        // What none has taken has the costs of any.
        byte[] none = new byte[space.Decisions.Count];
        byte[][] priced = [.. genotypes.Select(genotype => genotype.Length == 0 ? none : genotype)];
        return new SpaceCosts(
            measures.ParamsM is { } paramsM ? [.. priced.Select(paramsM)] : null,
            measures.FlopsM is { } flopsM ? [.. priced.Select(flopsM)] : null,
            [.. priced.Select(measures.Complexity)],
            measures.ComplexityUnit);
    }

    private ImmutableArray<double> Values(string dataset, IReadOnlyList<byte[]> genotypes)
        => measures.Accuracies.TryGetValue(dataset, out Func<byte[], double>? accuracy) ? Values(accuracy, genotypes) : default;

    private static ImmutableArray<double> Values(Func<byte[], double> measure, IReadOnlyList<byte[]> genotypes)
        => [.. genotypes.Select(genotype => genotype.Length == 0 ? double.NaN : measure(genotype))];
}

/// <summary>What is known of any architecture of an open space without training it, and by a surrogate instead of a training.</summary>
/// <param name="Accuracies">Accuracy by data set, percent, of which each value is a label; none where the user brings the labels.</param>
/// <param name="Latencies">Latency by device, ms, or what stands in for it.</param>
/// <param name="ParamsM">Trainable parameters, millions; null where nobody knows them.</param>
/// <param name="FlopsM">Multiply-accumulates of one inference, millions; null where nobody knows them.</param>
/// <param name="Complexity">What partitions go by.</param>
/// <param name="ComplexityUnit">What that counts.</param>
public sealed record OpenMeasures(
    IReadOnlyDictionary<string, Func<byte[], double>> Accuracies,
    IReadOnlyDictionary<string, Func<byte[], double>> Latencies,
    Func<byte[], double>? ParamsM,
    Func<byte[], double>? FlopsM,
    Func<byte[], double> Complexity,
    string ComplexityUnit);
