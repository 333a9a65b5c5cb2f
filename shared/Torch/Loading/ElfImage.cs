using System.Buffers.Binary;
using System.Text;

namespace PelNas.Shared.Torch.Loading;

/// <summary>
/// The sections of a 64-bit little-endian ELF file (System V ABI, chapter 4), each read checked against the file's bounds.
/// </summary>
/// <exception cref="InvalidDataException">From every member: the file is not of that form.</exception>
internal sealed class ElfImage
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;

    private readonly byte[] _bytes;
    private readonly ElfSection[] _sections;

    public ElfImage(byte[] bytes)
    {
        _bytes = bytes;
        if (bytes.Length < HeaderSize || !bytes.AsSpan(0, 4).SequenceEqual("\u007fELF"u8))
        {
            throw new InvalidDataException("it is no ELF file");
        }

        if (bytes[4] != 2 || bytes[5] != 1)
        {
            throw new InvalidDataException("it is no 64-bit little-endian ELF file");
        }

        int size = UInt16(0x3A);
        int count = UInt16(0x3C);
        if (size != SectionHeaderSize || count == 0)
        {
            throw new InvalidDataException("it has no section headers");
        }

        int start = Offset(0x28);
        _sections = [.. Enumerable.Range(0, count).Select(i => Section(checked(start + (i * SectionHeaderSize))))];
    }

    /// <summary>The only section of a type.</summary>
    public ElfSection Only(uint type, string name)
    {
        ElfSection[] found = [.. _sections.Where(section => section.Type == type)];
        return found.Length == 1 ? found[0] : throw new InvalidDataException($"it has {found.Length} sections of type {name}, not one");
    }

    /// <summary>The section that another one links to.</summary>
    public ElfSection Linked(ElfSection section)
        => section.Link < _sections.Length
            ? _sections[section.Link]
            : throw new InvalidDataException($"a section links to number {section.Link} of {_sections.Length}");

    /// <summary>The zero-terminated text at an offset of a string table.</summary>
    public string Text(ElfSection table, uint offset)
    {
        if (offset >= (uint)table.Size)
        {
            throw new InvalidDataException("a name lies outside its string table");
        }

        ReadOnlySpan<byte> rest = Bytes(table.Offset, table.Size)[(int)offset..];
        int end = rest.IndexOf((byte)0);
        return end >= 0 ? Encoding.UTF8.GetString(rest[..end]) : throw new InvalidDataException("a name has no end");
    }

    public ushort UInt16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(offset, 2));

    public uint UInt32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(offset, 4));

    private ReadOnlySpan<byte> Bytes(int offset, int length)
        => offset >= 0 && length >= 0 && offset <= _bytes.Length - length
            ? _bytes.AsSpan(offset, length)
            : throw new InvalidDataException($"it ends before byte {(long)offset + length}");

    private int Offset(int at)
    {
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(Bytes(at, 8));
        return value <= (ulong)_bytes.Length ? (int)value : throw new InvalidDataException($"it ends before byte {value}");
    }

    private ElfSection Section(int at)
    {
        uint type = UInt32(at + 4);

        // Sections without bytes in the file (type 0 and 8) may name any size.
        return type is 0 or 8
            ? new ElfSection(type, 0, 0, 0, 0)
            : new ElfSection(type, Offset(at + 0x18), Offset(at + 0x20), (int)Math.Min(UInt32(at + 0x28), int.MaxValue), UInt32(at + 0x2C));
    }
}

/// <summary>What a section header says.</summary>
/// <param name="Type"><c>sh_type</c>.</param>
/// <param name="Offset">First byte in the file.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Link">Number of the section it refers to.</param>
/// <param name="Info"><c>sh_info</c>: for version needs, how many there are.</param>
internal readonly record struct ElfSection(uint Type, int Offset, int Size, int Link, uint Info);
