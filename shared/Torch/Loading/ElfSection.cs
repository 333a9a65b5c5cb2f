namespace PelNas.Shared.Torch.Loading;

/// <summary>What a section header says.</summary>
/// <param name="Type"><c>sh_type</c>.</param>
/// <param name="Offset">First byte in the file.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Link">Number of the section it refers to.</param>
/// <param name="Info"><c>sh_info</c>: for version needs, how many there are.</param>
internal readonly record struct ElfSection(uint Type, int Offset, int Size, int Link, uint Info);
