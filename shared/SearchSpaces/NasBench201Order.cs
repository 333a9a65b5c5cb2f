using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PelNas.Shared.SearchSpaces;

/// <summary>The published order of the cells, from the resource embedded in the assembly.</summary>
internal static class NasBench201Order
{
    /// <summary>For each index the genotype as a number of base 5.</summary>
    public static ushort[] Load()
    {
        using Stream stream = typeof(NasBench201Order).Assembly.GetManifestResourceStream("NasBench201Order.bin")
            ?? throw new InvalidOperationException("The assembly was built without its resource NasBench201Order.bin.");
        byte[] bytes = new byte[NasBench201.CellCount * sizeof(ushort)];
        stream.ReadExactly(bytes);
        ushort[] codes = MemoryMarshal.Cast<byte, ushort>(bytes).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(codes, codes);
        }

        return codes;
    }
}
