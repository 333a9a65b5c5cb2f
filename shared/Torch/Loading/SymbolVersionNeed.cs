using System.Buffers.Binary;

namespace PelNas.Shared.Torch.Loading;

/// <summary>
/// Makes a symbol version that an ELF file needs a weak one, so that the loader takes the file where that version does not exist
/// (LSB Core, section 10.7.5, flag <c>VER_FLG_WEAK</c>).
/// </summary>
internal static class SymbolVersionNeed
{
    private const uint SectionVersionNeed = 0x6ffffffe;
    private const uint SectionVersionSymbols = 0x6fffffff;
    private const int SymbolSize = 24;
    private const ushort WeakFlag = 0x2;
    private const int MaxEntries = 4096;

    /// <summary>Sets the flag in place.</summary>
    /// <param name="file">The file's bytes; two of them change.</param>
    /// <param name="version">The version, for example <c>GLIBCXX_3.4.32</c>.</param>
    /// <param name="symbol">The one symbol that may be of that version: it must be one that nothing calls.</param>
    /// <exception cref="InvalidDataException">
    /// The file is not of the form expected, does not need the version, or needs other symbols of it, which would then be missing.
    /// </exception>
    public static void Weaken(byte[] file, string version, string symbol)
    {
        ElfImage image = new(file);
        int need = Find(image, version);
        CheckSymbols(image, image.UInt16(need + 6) & 0x7fff, version, symbol);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(need + 4), (ushort)(image.UInt16(need + 4) | WeakFlag));
    }

    /// <summary>Where the <c>Elfxx_Vernaux</c> entry of a version stands.</summary>
    private static int Find(ElfImage image, string version)
    {
        ElfSection section = image.Only(SectionVersionNeed, "SHT_GNU_verneed");
        ElfSection names = image.Linked(section);
        int library = section.Offset;
        for (uint i = 0; i < Math.Min(section.Info, MaxEntries); i++)
        {
            int entry = Step(library, image.UInt32(library + 8));
            int entries = image.UInt16(library + 2);
            for (int j = 0; j < entries; j++)
            {
                if (image.Text(names, image.UInt32(entry + 8)) == version)
                {
                    return entry;
                }

                entry = Step(entry, image.UInt32(entry + 12));
            }

            library = Step(library, image.UInt32(library + 12));
        }

        throw new InvalidDataException($"it does not need {version}");
    }

    private static int Step(int offset, uint by) => (int)Math.Min(offset + (long)by, int.MaxValue - 64);

    private static void CheckSymbols(ElfImage image, int versionIndex, string version, string symbol)
    {
        ElfSection versions = image.Only(SectionVersionSymbols, "SHT_GNU_versym");
        ElfSection symbols = image.Linked(versions);
        ElfSection names = image.Linked(symbols);
        for (int i = 0; i < versions.Size / 2; i++)
        {
            if ((image.UInt16(versions.Offset + (2 * i)) & 0x7fff) == versionIndex
                && image.Text(names, image.UInt32(symbols.Offset + (SymbolSize * i))) is var name
                && name != symbol)
            {
                throw new InvalidDataException($"it needs '{name}' of {version}, which this system does not have");
            }
        }
    }
}
