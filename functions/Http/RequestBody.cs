using Microsoft.Net.Http.Headers;

namespace PelNas.Functions.Http;

/// <summary>Reads request bodies no further than a limit.</summary>
internal static class RequestBody
{
    /// <summary>The whole body, of one of the media types.</summary>
    /// <exception cref="RefusedException">413 or 415: it has more bytes than allowed, or is said to be something else.</exception>
    public static async Task<byte[]> ReadAsync(
        HttpRequest request, int maxBytes, CancellationToken cancellationToken, params string[] mediaTypes)
    {
        if (!mediaTypes.Any(mediaType => Is(request, mediaType)))
        {
            throw Problems.UnsupportedMediaType(request.ContentType, mediaTypes);
        }

        if (request.ContentLength > maxBytes)
        {
            throw Problems.BodyTooLarge(maxBytes);
        }

        using MemoryStream body = new();
        byte[] buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (body.Length + read > maxBytes)
            {
                throw Problems.BodyTooLarge(maxBytes);
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    /// <summary>Whether the body is said to be of a media type, in UTF-8 or no stated character set.</summary>
    public static bool Is(HttpRequest request, string mediaType)
        => MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));
}
