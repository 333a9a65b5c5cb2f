using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace PelNas.Functions.Http;

/// <summary>Answers with a strong ETag made from their content, and 304 where the caller has it already (RFC 9110 section 13).</summary>
internal static class ConditionalResults
{
    private const int TagBytes = 16;

    /// <summary>The content, or 304 when the request's If-None-Match names it.</summary>
    public static IResult Of(HttpRequest request, string content, string contentType)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(content);
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, TagBytes));
        request.HttpContext.Response.GetTypedHeaders().CacheControl = new CacheControlHeaderValue { Private = true, NoCache = true };
        return Results.Bytes(bytes, $"{contentType}; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{hash}\""));
    }

    /// <summary>A value as JSON, likewise.</summary>
    public static IResult Json<T>(HttpRequest request, T value)
        => Of(request, PelNasJson.Serialize(value), MediaTypeNames.Application.Json);
}
