using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PelNas.Functions.Http;

/// <summary>Reads the JSON body of a request strictly.</summary>
internal static class JsonBody
{
    /// <summary>The body as a value, or the refusal: 413, 415, or 400 that names every field at fault.</summary>
    public static async Task<JsonReading<T>> ReadAsync<T>(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
        where T : class
    {
        if (!RequestBody.Is(request, MediaTypeNames.Application.Json))
        {
            return new(null, Problems.UnsupportedMediaType(request.ContentType, MediaTypeNames.Application.Json));
        }

        if (await RequestBody.ReadAsync(request, maxBytes, cancellationToken) is not { } body)
        {
            return new(null, Problems.BodyTooLarge(maxBytes));
        }

        using JsonDocument? document = Parse(body, out string? malformed);
        return document is null ? JsonReading<T>.Malformed(malformed!) : JsonFields.Read<T>(document.RootElement);
    }

    /// <summary>Parses JSON of which every text can be read; on failure says where it stops being that.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, out string? malformed)
    {
        malformed = null;
        if (utf8.IsEmpty)
        {
            malformed = "The body is empty; send a JSON object.";
            return null;
        }

        try
        {
            malformed = JsonText.Fault(utf8.Span);
            return malformed is null ? JsonDocument.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false }) : null;
        }
        catch (JsonException exception)
        {
            string place = exception.LineNumber is { } line ? $" at line {line + 1}, byte {exception.BytePositionInLine + 1}" : "";
            malformed = $"The body is not well-formed JSON{place}: {Reason(exception)}";
            return null;
        }
    }

    // The message ends with the place in a form that counts from 0.
    private static string Reason(JsonException exception) => exception.Message.Split(" LineNumber:", 2)[0];
}
