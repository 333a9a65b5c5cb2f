using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Partitioning;

/// <summary>A search space cut into disjoint partitions that together hold every architecture.</summary>
public sealed class PartitionMap
{
    private readonly byte[] _partitionOf;

    /// <summary>Builds the map.</summary>
    /// <param name="scheme">Name of the scheme that cut.</param>
    /// <param name="partitionOf">Partition number of every architecture, by index.</param>
    /// <param name="rules">Rule of every partition.</param>
    /// <param name="bounds">What a proposer has to keep to stay inside, for every partition.</param>
    internal PartitionMap(string scheme, byte[] partitionOf, IReadOnlyList<string> rules, IReadOnlyList<PartitionBounds> bounds)
    {
        Scheme = scheme;
        _partitionOf = partitionOf;
        int[] sizes = new int[rules.Count];
        foreach (byte partition in partitionOf)
        {
            sizes[partition]++;
        }

        Plans = [.. rules.Select((rule, id) => new PartitionPlan(id, rule, sizes[id]))];
        Bounds = bounds;
    }

    /// <summary>Name of the scheme, as in requests.</summary>
    public string Scheme { get; }

    /// <summary>The partitions, by id.</summary>
    public IReadOnlyList<PartitionPlan> Plans { get; }

    /// <summary>The rules in a form that a program can check, by partition id.</summary>
    public IReadOnlyList<PartitionBounds> Bounds { get; }

    /// <summary>The map of an open space that holds more architectures by now, by the bounds that its sample was cut at.</summary>
    /// <param name="space">The architectures, those of this map first.</param>
    /// <param name="latencyMs">Latency of each, ms; NaN where the device cannot run it.</param>
    internal PartitionMap Extend(ISearchSpace space, IReadOnlyList<double> latencyMs)
    {
        byte[] all = new byte[space.Size];
        _partitionOf.CopyTo(all, 0);
        for (int index = _partitionOf.Length; index < all.Length; index++)
        {
            // What the device cannot run counts as slowest.
            double latency = double.IsNaN(latencyMs[index]) ? double.PositiveInfinity : latencyMs[index];
            all[index] = (byte)Bounds.Count(bounds => space.Complexity(index) >= bounds.MinComplexity || latency >= bounds.MinLatencyMs);
        }

        return new PartitionMap(Scheme, all, [.. Plans.Select(plan => plan.Rule)], Bounds);
    }

    /// <summary>The partition that an architecture belongs to.</summary>
    public int PartitionOf(int index) => _partitionOf[index];

    /// <summary>The architectures of one partition, by index.</summary>
    public IEnumerable<int> Members(int partition)
    {
        for (int index = 0; index < _partitionOf.Length; index++)
        {
            if (_partitionOf[index] == partition)
            {
                yield return index;
            }
        }
    }
}

/// <summary>One partition of a search's plan.</summary>
/// <param name="Id">Number of the partition, from 0.</param>
/// <param name="Rule">The rule that its members keep, as shown to people and to the proposer.</param>
/// <param name="Size">Number of architectures that keep the rule.</param>
public sealed record PartitionPlan(int Id, string Rule, int Size);
