namespace PelNas.Shared.SearchSpaces;

/// <summary>Genotypes by their choices, as keys of dictionaries and sets, which can be looked up by spans.</summary>
internal sealed class GenotypeComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    /// <summary>The one that there is.</summary>
    public static GenotypeComparer Instance { get; } = new();

    public bool Equals(byte[]? first, byte[]? second) => first.AsSpan().SequenceEqual(second);

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(byte[] genotype) => GetHashCode(genotype.AsSpan());

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        HashCode hash = default;
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
