using System.Buffers.Text;
using System.Text;
using PelNas.Shared.Common;

namespace PelNas.Shared.Storage;

/// <summary>
/// The continuation token of a list: the key of the last row handed out, wrapped so that nobody builds on its form. It asks the store for
/// nothing and stays good whatever is added or deleted.
/// </summary>
internal static class ListToken
{
    public static string Encode(string lastKey) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(lastKey));

    /// <summary>The key.</summary>
    /// <exception cref="ArgumentException">The text is not a token.</exception>
    public static string Decode(string continuation)
    {
        try
        {
            string key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation));
            StoreGuard.Key(key, nameof(continuation));
            return key;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new ArgumentException(
                $"'{UntrustedText.Cut(continuation, 60)}' is not a continuation token of this list. Pass the token of the last page unchanged, or none for the first page.",
                nameof(continuation),
                exception);
        }
    }
}
