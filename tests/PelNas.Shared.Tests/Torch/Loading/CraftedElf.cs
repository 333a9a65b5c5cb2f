using System.Buffers.Binary;

namespace PelNas.Shared.Tests.Torch.Loading;

/// <summary>
/// The smallest ELF file that the loader's code reads: symbols, each with a version, and the version needs of one library.
/// </summary>
internal sealed class CraftedElf
{
    private const int Names = 0x40;
    private const int Sections = 0x400;

    public byte[] Bytes { get; } = new byte[Sections + (5 * 64)];

    /// <summary>Where the flags of the need of version number i stand.</summary>
    public int FlagsAt(int need) => NeedsStart + 16 + (16 * need) + 4;

    private int NeedsStart { get; }

    public CraftedElf(string[] versions, (string Symbol, int Version)[] symbols)
    {
        "\u007fELF"u8.CopyTo(Bytes);
        Bytes[4] = 2;
        Bytes[5] = 1;
        UInt64(0x28, Sections);
        UInt16(0x3A, 64);
        UInt16(0x3C, 5);

        Dictionary<string, int> names = [];
        int end = Names + 1;
        foreach (string name in versions.Concat(symbols.Select(symbol => symbol.Symbol)).Append("libstdc++.so.6"))
        {
            names[name] = end - Names;
            end += Encoding.UTF8.GetBytes(name, Bytes.AsSpan(end)) + 1;
        }

        int symbolsAt = end;
        int versionsAt = symbolsAt + (24 * symbols.Length);
        NeedsStart = versionsAt + (2 * symbols.Length);
        for (int i = 0; i < symbols.Length; i++)
        {
            UInt32(symbolsAt + (24 * i), names[symbols[i].Symbol]);
            UInt16(versionsAt + (2 * i), symbols[i].Version);
        }

        UInt16(NeedsStart, 1);
        UInt16(NeedsStart + 2, versions.Length);
        UInt32(NeedsStart + 4, names["libstdc++.so.6"]);
        UInt32(NeedsStart + 8, 16);
        for (int i = 0; i < versions.Length; i++)
        {
            int entry = NeedsStart + 16 + (16 * i);
            UInt16(entry + 6, i + 2);
            UInt32(entry + 8, names[versions[i]]);
            UInt32(entry + 12, 16);
        }

        Section(1, 3, Names, end - Names, 0, 0);
        Section(2, 11, symbolsAt, 24 * symbols.Length, 1, 0);
        Section(3, 0x6fffffff, versionsAt, 2 * symbols.Length, 2, 0);
        Section(4, 0x6ffffffe, NeedsStart, 16 + (16 * versions.Length), 1, 1);
    }

    public void UInt16(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(Bytes.AsSpan(at), (ushort)value);

    public void UInt32(int at, long value) => BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(at), (uint)value);

    public void UInt64(int at, long value) => BinaryPrimitives.WriteInt64LittleEndian(Bytes.AsSpan(at), value);

    private void Section(int number, long type, int offset, int size, int link, int info)
    {
        int at = Sections + (64 * number);
        UInt32(at + 4, type);
        UInt64(at + 0x18, offset);
        UInt64(at + 0x20, size);
        UInt32(at + 0x28, link);
        UInt32(at + 0x2C, info);
    }
}
