using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PelNas.Shared.Common;

/// <summary>Random generators that depend on nothing but a seed and the place that asks, so that every step can be run again.</summary>
public static class SeededRandom
{
    /// <summary>
    /// A generator for one purpose, for example <c>For(seed, "mutate", partition, generation)</c>. Other purposes or numbers give
    /// independent streams. <see cref="Random"/> with a seed keeps its algorithm across .NET versions.
    /// </summary>
    public static Random For(int seed, string purpose, params ReadOnlySpan<int> place)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        byte[] text = Encoding.UTF8.GetBytes($"{seed}/{purpose}/{string.Join('/', place.ToArray())}");
        SHA256.HashData(text, hash);
        return new Random(BinaryPrimitives.ReadInt32LittleEndian(hash));
    }
}
