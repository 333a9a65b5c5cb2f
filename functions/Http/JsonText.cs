using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace PelNas.Functions.Http;

/// <summary>
/// Finds what the JSON parser lets through and its texts cannot be read with: bytes that are not UTF-8, and escapes that name one half of a
/// surrogate pair.
/// </summary>
internal static class JsonText
{
    private const int EscapeLength = 6; // \uXXXX

    /// <summary>What is wrong with a body's texts; null when all can be read.</summary>
    /// <exception cref="JsonException">The body is not well-formed JSON.</exception>
    public static string? Fault(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            return string.Create(CultureInfo.InvariantCulture, $"The body is not UTF-8: byte {ValidLength(utf8) + 1} does not belong to a character.");
        }

        Utf8JsonReader reader = new(utf8);
        while (reader.Read())
        {
            if (reader.ValueIsEscaped && HasLoneSurrogate(reader.ValueSpan))
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"The text at byte {reader.TokenStartIndex + 1} has half of a surrogate pair; write both halves, or the character itself.");
            }
        }

        return null;
    }

    private static int ValidLength(ReadOnlySpan<byte> utf8)
    {
        int length = 0;
        while (Rune.DecodeFromUtf8(utf8[length..], out _, out int read) == System.Buffers.OperationStatus.Done)
        {
            length += read;
        }

        return length;
    }

    /// <summary>Whether a well-formed escaped text has half a pair. Halves are only ever escapes here: UTF-8 has none.</summary>
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> escaped)
    {
        for (int at; (at = escaped.IndexOf((byte)'\\')) >= 0;)
        {
            if (escaped[at + 1] != 'u')
            {
                escaped = escaped[(at + 2)..];
                continue;
            }

            char first = CharAt(escaped[at..]);
            escaped = escaped[(at + EscapeLength)..];
            if (char.IsLowSurrogate(first))
            {
                return true;
            }

            if (char.IsHighSurrogate(first))
            {
                if (!escaped.StartsWith("\\u"u8) || !char.IsLowSurrogate(CharAt(escaped)))
                {
                    return true;
                }

                escaped = escaped[EscapeLength..];
            }
        }

        return false;
    }

    private static char CharAt(ReadOnlySpan<byte> escape)
        => Utf8Parser.TryParse(escape[2..EscapeLength], out ushort value, out _, 'x') ? (char)value : '\0';
}
