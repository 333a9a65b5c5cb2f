using System.Net.Mime;
using System.Text;

namespace PelNas.Functions.Http;

/// <summary>Answers in the product's own JSON, whatever the host's options are.</summary>
internal static class JsonResults
{
    /// <summary>A value as JSON.</summary>
    public static IResult Of<T>(T value, int statusCode = StatusCodes.Status200OK)
        => Results.Text(PelNasJson.Serialize(value), MediaTypeNames.Application.Json, Encoding.UTF8, statusCode);
}
