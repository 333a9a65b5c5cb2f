using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace PelNas.Functions.Http;

/// <summary>Answers with a strong ETag made from their content, and 304 where the caller has it already (RFC 9110 section 13).</summary>
internal static class ConditionalResults
{
    private const int TagBytes = 16;

    /// <summary>The content, or 304 when the request's If-None-Match names it.</summary>
    public static IResult Of(HttpRequest request, string content, string contentType)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(content));
        EntityTagHeaderValue tag = new($"\"{Convert.ToHexStringLower(hash.AsSpan(0, TagBytes))}\"");
        ResponseHeaders headers = request.HttpContext.Response.GetTypedHeaders();
        headers.ETag = tag;
        headers.CacheControl = new CacheControlHeaderValue { Private = true, NoCache = true };
        return Names(request.GetTypedHeaders().IfNoneMatch, tag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Text(content, contentType, Encoding.UTF8);
    }

    /// <summary>A value as JSON, likewise.</summary>
    public static IResult Json<T>(HttpRequest request, T value)
        => Of(request, PelNasJson.Serialize(value), MediaTypeNames.Application.Json);

    private static bool Names(IEnumerable<EntityTagHeaderValue> known, EntityTagHeaderValue tag)
        => known.Any(other => other.Equals(EntityTagHeaderValue.Any) || other.Compare(tag, useStrongComparison: false));
}
