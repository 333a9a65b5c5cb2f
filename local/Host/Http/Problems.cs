using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace PelNas.Local.Host.Http;

/// <summary>Error answers as problem+json (RFC 9457), with the id under which the log has the request.</summary>
internal static class Problems
{
    /// <summary>The id of the request in log and answer.</summary>
    public static string TraceId(HttpContext context) => Activity.Current?.Id ?? context.TraceIdentifier;

    /// <summary>Answers with a problem.</summary>
    public static Task WriteAsync(HttpContext context, int statusCode, string? detail = null) =>
        Result(context, statusCode, detail).ExecuteAsync(context);

    /// <summary>A problem as a result.</summary>
    public static IResult Result(HttpContext context, int statusCode, string? detail = null) =>
        Results.Problem(detail, statusCode: statusCode, extensions: new Dictionary<string, object?> { ["traceId"] = TraceId(context) });
}
