namespace PelNas.Shared.Records;

/// <summary>
/// What a generation adds to the pool of a search in an open space: the architectures that it has looked at, in the order of their indices.
/// After those of the whole run each partition has places for what is proposed in it, which its own row takes.
/// </summary>
/// <param name="Partition">Partition that took its places, or null for the step <c>GrowPool</c>.</param>
/// <param name="Genotypes">The architectures one after another, one byte per decision.</param>
/// <param name="Places">Places of each partition.</param>
public sealed record PoolRow(int Generation, int? Partition, byte[] Genotypes, int Places) : IGenerationRow
{
    GenerationKey IGenerationRow.Key => new(Generation, GenerationKinds.Pool, Partition);

    /// <summary>Makes a row.</summary>
    public static PoolRow Of(int generation, int? partition, IEnumerable<byte[]> genotypes, int places = 0)
        => new(generation, partition, [.. genotypes.SelectMany(genotype => genotype)], places);

    /// <summary>
    /// All that rows add, in the order of indices; a genotype of no decision is a place that none has taken.
    /// </summary>
    /// <param name="rows">The rows, by generation, that of the whole run first, then by partition.</param>
    /// <param name="decisions">Decisions of an architecture.</param>
    /// <param name="partitions">Partitions of the run.</param>
    /// <param name="withoutPlaces">A generation whose places are left out; null for none.</param>
    public static IReadOnlyList<byte[]> Further(IReadOnlyList<PoolRow> rows, int decisions, int partitions, int? withoutPlaces)
    {
        List<byte[]> further = [];
        foreach (IGrouping<int, PoolRow> generation in rows.GroupBy(row => row.Generation))
        {
            PoolRow whole = generation.First(row => row.Partition is null);
            further.AddRange(whole.Genotypes.Chunk(decisions));
            for (int partition = 0; partition < partitions && generation.Key != withoutPlaces; partition++)
            {
                byte[][] taken = [.. generation.FirstOrDefault(row => row.Partition == partition)?.Genotypes.Chunk(decisions) ?? []];
                further.AddRange([.. taken, .. Enumerable.Repeat(Array.Empty<byte>(), whole.Places - taken.Length)]);
            }
        }

        return further;
    }
}
