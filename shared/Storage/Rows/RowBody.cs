using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace PelNas.Shared.Storage.Rows;

/// <summary>
/// Bodies as they are stored: UTF-8, or Brotli of it where that is shorter, which it is from some 100 bytes of JSON on. In a table a
/// binary property takes half the space of a text, and on the way less too: there a quote in a text takes six bytes.
/// </summary>
/// <remarks>Compressed: the byte 0xFF, which UTF-8 never contains; length of the UTF-8, four bytes, little-endian; Brotli.</remarks>
internal static class RowBody
{
    /// <summary>Most bytes as stored: eleven properties of 64 KiB. 1 MiB has room for more, but the emulator measures base64.</summary>
    public const int MaxBytes = 11 * 64 * 1024;

    private const byte Compressed = 0xFF;
    private const int HeaderLength = 1 + sizeof(int);

    // Of 285 KB of numbers it takes 5 ms, and of a row of 1 KB 30 us; what more would save is a few percent.
    private const int Quality = 4;
    private const int Window = 22;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes of a body.</summary>
    /// <exception cref="ArgumentException">Half a surrogate pair is in it, or it is too large.</exception>
    public static byte[] Pack(RowId id, string body)
    {
        byte[] plain = Encode(id, body);
        byte[] stored = Compress(plain) ?? plain;
        return stored.Length <= MaxBytes ? stored : throw new ArgumentException(
            $"The body of {id} has {plain.Length} bytes, {stored.Length} compressed. At most {MaxBytes} can be stored: use several rows.",
            nameof(body));
    }

    /// <summary>The body of some bytes.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public static string Unpack(ReadOnlySpan<byte> stored)
    {
        try
        {
            return Utf8.GetString(stored is [Compressed, ..] ? Decompress(stored) : stored);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException("the body is not UTF-8", exception);
        }
    }

    private static byte[] Encode(RowId id, string body)
    {
        try
        {
            return Utf8.GetBytes(body);
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException($"The body of {id} contains half of a surrogate pair, which is not text.", nameof(body), exception);
        }
    }

    /// <summary>The compressed form, or null when it is no shorter.</summary>
    private static byte[]? Compress(byte[] plain)
    {
        byte[] stored = new byte[plain.Length];
        if (plain.Length <= HeaderLength || !BrotliEncoder.TryCompress(plain, stored.AsSpan(HeaderLength), out int length, Quality, Window))
        {
            return null;
        }

        stored[0] = Compressed;
        BinaryPrimitives.WriteInt32LittleEndian(stored.AsSpan(1), plain.Length);
        return stored[..(HeaderLength + length)];
    }

    private static byte[] Decompress(ReadOnlySpan<byte> stored)
    {
        if (stored.Length > HeaderLength && BinaryPrimitives.ReadInt32LittleEndian(stored[1..]) is >= 0 and var length)
        {
            byte[] plain = new byte[length];
            if (BrotliDecoder.TryDecompress(stored[HeaderLength..], plain, out int written) && written == length)
            {
                return plain;
            }
        }

        throw new InvalidDataException("the body cannot be decompressed");
    }
}
