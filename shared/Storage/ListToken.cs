using System.Buffers.Text;
using System.Text;

namespace PelNas.Shared.Storage;

/// <summary>
/// The continuation token of a list: the id of the last row handed out, wrapped so that nobody builds on its form. It asks the store for
/// nothing and stays good whatever is added or deleted.
/// </summary>
internal static class ListToken
{
    public static string Encode(string lastId) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(lastId));

    /// <summary>The id, which <paramref name="isId"/> has to accept.</summary>
    /// <exception cref="ContinuationException">The text is not a token of this list.</exception>
    public static string Decode(string continuation, Func<string, bool> isId)
    {
        if (Base64Url.IsValid(continuation) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation)) is var id && isId(id))
        {
            return id;
        }

        throw new ContinuationException(continuation);
    }
}

/// <summary>A text is not a continuation token of the list that it was given to.</summary>
public sealed class ContinuationException(string token) : Exception(
    $"'{UntrustedText.Line(token, 60)}' is not a continuation token of this list. "
        + "Pass the token of the last page unchanged, or none for the first page.");
