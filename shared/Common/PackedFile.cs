using System.IO.Compression;
using System.Text;

namespace PelNas.Shared.Common;

/// <summary>Reads files that may be compressed: those whose name ends in <c>.gz</c> are.</summary>
internal static class PackedFile
{
    /// <summary>The bytes of a file, unpacked.</summary>
    /// <exception cref="InvalidDataException">It is named so and is no gzip file.</exception>
    public static byte[] ReadAllBytes(string path) => Unpack(path, File.ReadAllBytes(path));

    /// <summary>The text of a file, unpacked, without a byte order mark.</summary>
    /// <exception cref="InvalidDataException">It is named so and is no gzip file.</exception>
    public static string ReadAllText(string path) => Encoding.UTF8.GetString(ReadAllBytes(path)).TrimStart('\uFEFF');

    /// <summary>What was read of a file, unpacked.</summary>
    /// <exception cref="InvalidDataException">It is named so and is no gzip file.</exception>
    public static byte[] Unpack(string path, byte[] bytes)
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            return bytes;
        }

        using GZipStream gzip = new(new MemoryStream(bytes), CompressionMode.Decompress);
        using MemoryStream unpacked = new(bytes.Length * 8);
        gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
