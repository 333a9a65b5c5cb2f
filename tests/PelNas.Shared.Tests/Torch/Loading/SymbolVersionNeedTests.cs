namespace PelNas.Shared.Tests.Torch.Loading;

public sealed class SymbolVersionNeedTests
{
    private const string Version = "GLIBCXX_3.4.32";
    private const string Symbol = "_ZSt21ios_base_library_initv";

    [Fact]
    public void Sets_the_flag_of_the_version_and_changes_nothing_else()
    {
        CraftedElf elf = Usual();
        byte[] expected = [.. elf.Bytes];
        expected[elf.FlagsAt(1)] = 0x2;

        SymbolVersionNeed.Weaken(elf.Bytes, Version, Symbol);

        elf.Bytes.ShouldBe(expected);
    }

    [Fact]
    public void Keeps_flags_that_are_set()
    {
        CraftedElf elf = Usual();
        elf.UInt16(elf.FlagsAt(1), 0x1);
        SymbolVersionNeed.Weaken(elf.Bytes, Version, Symbol);
        elf.Bytes[elf.FlagsAt(1)].ShouldBe((byte)0x3);
    }

    [Fact]
    public void Refuses_a_file_that_needs_another_symbol_of_the_version()
        => Refusal(new CraftedElf(["GLIBCXX_3.4", Version], [(Symbol, 3), ("_ZNSt7missingEv", 3)]).Bytes).ShouldContain("_ZNSt7missingEv");

    [Fact]
    public void Refuses_a_file_that_does_not_need_the_version()
        => Refusal(new CraftedElf(["GLIBCXX_3.4"], [("puts", 2)]).Bytes).ShouldContain("does not need GLIBCXX_3.4.32");

    [Fact]
    public void Refuses_what_is_no_ELF_file() => Refusal([.. Enumerable.Repeat((byte)'x', 500)]).ShouldContain("no ELF file");

    [Fact]
    public void Refuses_32_bits()
    {
        byte[] file = Usual().Bytes;
        file[4] = 1;
        Refusal(file).ShouldContain("no 64-bit");
    }

    [Fact]
    public void Refuses_big_endian()
    {
        byte[] file = Usual().Bytes;
        file[5] = 2;
        Refusal(file).ShouldContain("little-endian");
    }

    [Fact]
    public void Refuses_a_file_without_section_headers()
    {
        CraftedElf elf = Usual();
        elf.UInt16(0x3C, 0);
        Refusal(elf.Bytes).ShouldContain("no section headers");
    }

    [Property(MaxTest = 2000)]
    public void Refuses_every_file_that_was_cut_short(int length)
    {
        byte[] whole = Usual().Bytes;
        byte[] part = whole[..(int)((uint)length % whole.Length)];
        Should.Throw<InvalidDataException>(() => SymbolVersionNeed.Weaken(part, Version, Symbol));
    }

    [Property(MaxTest = 3000)]
    public void Takes_or_refuses_a_damaged_file_and_never_fails_otherwise(int position, byte value, int secondPosition, byte secondValue)
    {
        byte[] file = Usual().Bytes;
        file[(int)((uint)position % file.Length)] = value;
        file[(int)((uint)secondPosition % file.Length)] = secondValue;
        try
        {
            SymbolVersionNeed.Weaken(file, Version, Symbol);
        }
        catch (InvalidDataException exception)
        {
            exception.Message.ShouldNotBeEmpty();
        }
    }

    private static CraftedElf Usual() => new(["GLIBCXX_3.4", Version], [("puts", 2), (Symbol, 3), ("_Znwm", 2)]);

    private static string Refusal(byte[] file)
        => Should.Throw<InvalidDataException>(() => SymbolVersionNeed.Weaken(file, Version, Symbol)).Message;
}
