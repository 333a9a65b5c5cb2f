using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PelNas.Local.Host.Catalog;

namespace PelNas.Local.Host.Http;

/// <summary>
/// The outermost step of a request: an exception becomes a 500 that shows nothing of it and is logged under the id in the answer, and a path
/// or method that nothing serves becomes a problem as well. Answers of functions pass untouched.
/// </summary>
internal sealed class ProblemMiddleware(ILogger<ProblemMiddleware> logger) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
            return;
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await Problems.WriteAsync(context, exception.StatusCode, exception.Message);
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            logger.LogError(
                exception, "{Method} {Path} failed, trace id {TraceId}", context.Request.Method, context.Request.Path, Problems.TraceId(context));
            context.Response.Clear();
            await Problems.WriteAsync(context, StatusCodes.Status500InternalServerError, "The request failed. The log has the reason under the trace id.");
            return;
        }

        var response = context.Response;
        if (response is { HasStarted: false, StatusCode: >= 400 } && context.GetEndpoint()?.Metadata.GetMetadata<FunctionDescriptor>() is null
            && response.ContentType is null)
        {
            await Problems.WriteAsync(context, response.StatusCode);
        }
    }
}

/// <summary>Error answers as problem+json (RFC 9457), with the id under which the log has the request.</summary>
internal static class Problems
{
    /// <summary>The id of the request in log and answer.</summary>
    public static string TraceId(HttpContext context) => Activity.Current?.Id ?? context.TraceIdentifier;

    /// <summary>Answers with a problem.</summary>
    public static Task WriteAsync(HttpContext context, int statusCode, string? detail = null) =>
        Results.Problem(detail, statusCode: statusCode, extensions: new Dictionary<string, object?> { ["traceId"] = TraceId(context) }).ExecuteAsync(context);
}
