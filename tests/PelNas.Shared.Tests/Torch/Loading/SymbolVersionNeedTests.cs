using System.Buffers.Binary;

namespace PelNas.Shared.Tests.Torch.Loading;

public sealed class SymbolVersionNeedTests
{
    private const string Version = "GLIBCXX_3.4.32";

    // As readelf's tables of versions have it.
    private const uint Hash = 0x0297f842;

    [Theory]
    [InlineData(0x0, 0x2)]
    [InlineData(0x1, 0x3)]
    public void Sets_the_flag_of_the_version_and_changes_nothing_else(byte flags, byte weak)
    {
        byte[] file = File(96, 40);
        file[44] = flags;
        byte[] expected = [.. file];
        expected[44] = weak;

        SymbolVersionNeed.Weaken(file, Version);

        file.ShouldBe(expected);
    }

    [Fact]
    public void Refuses_a_file_that_does_not_need_the_version()
        => Should.Throw<InvalidDataException>(() => SymbolVersionNeed.Weaken(File(96), Version)).Message.ShouldContain("0 places");

    [Fact]
    public void Refuses_a_file_with_two_places_that_may_be_the_need()
        => Should.Throw<InvalidDataException>(() => SymbolVersionNeed.Weaken(File(96, 8, 40), Version)).Message.ShouldContain("2 places");

    [Fact]
    public void Refuses_every_file_that_was_cut_short()
    {
        for (int length = 0; length < 56; length++)
        {
            byte[] part = File(96, 40)[..length];
            Should.Throw<InvalidDataException>(() => SymbolVersionNeed.Weaken(part, Version));
        }
    }

    private static byte[] File(int length, params int[] needs)
    {
        byte[] file = new byte[length];
        foreach (int need in needs)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(need), Hash);
        }

        return file;
    }
}
