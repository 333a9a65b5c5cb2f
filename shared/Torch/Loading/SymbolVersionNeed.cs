using System.Buffers.Binary;
using System.Text;

namespace PelNas.Shared.Torch.Loading;

/// <summary>
/// Makes a symbol version that an ELF file needs a weak one, so that the loader takes the file where that version does not exist
/// (LSB Core, section 10.7.5, flag <c>VER_FLG_WEAK</c>). A need begins with the hash of the version's name, which a file of some megabytes
/// has nowhere else.
/// </summary>
internal static class SymbolVersionNeed
{
    private const ushort WeakFlag = 0x2;

    /// <summary>Sets the flag in place.</summary>
    /// <param name="file">The file's bytes, little-endian; two of them change.</param>
    /// <param name="version">The version, as <c>GLIBCXX_3.4.32</c>. Whoever calls a symbol of it would fail there and then.</param>
    /// <exception cref="InvalidDataException">The file does not need the version, or more than one place looks as if it did.</exception>
    public static void Weaken(byte[] file, string version)
    {
        uint hash = Hash(version);
        List<int> needs = [];

        // Elfxx_Vernaux: hash (four bytes), flags (two), number, name, next.
        for (int place = 0; place + 16 <= file.Length; place += sizeof(uint))
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(place)) == hash)
            {
                needs.Add(place);
            }
        }

        if (needs is not [var need])
        {
            throw new InvalidDataException($"{needs.Count} places of it look like a need of {version}, not one");
        }

        Span<byte> flags = file.AsSpan(need + sizeof(uint), sizeof(ushort));
        BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | WeakFlag));
    }

    /// <summary>The hash of names of System V's ABI, chapter 5.</summary>
    private static uint Hash(string name)
    {
        uint hash = 0;
        foreach (byte letter in Encoding.ASCII.GetBytes(name))
        {
            hash = (hash << 4) + letter;
            uint high = hash & 0xf0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }
}
