using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PelNas.Local.Host.Http;

/// <summary>
/// Answers as problem+json (RFC 9457) where no function does: a path or method that nothing serves, and an exception, which becomes a 500
/// that shows nothing of it and is logged under the id in the answer.
/// </summary>
internal static class FailureAnswers
{
    public static void UseFailureAnswers(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = AnswerAsync, SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePages(page =>
            Problem(page.HttpContext, page.HttpContext.Response.StatusCode, null).ExecuteAsync(page.HttpContext));
    }

    private static Task AnswerAsync(HttpContext context)
    {
        Exception failure = context.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error;
        if (failure is BadHttpRequestException { StatusCode: var status, Message: var message })
        {
            return Problem(context, status, message).ExecuteAsync(context);
        }

        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FailureAnswers)).LogError(
            failure, "{Method} {Path} failed, trace id {TraceId}", context.Request.Method, context.Request.Path, TraceId(context));
        return Problem(context, StatusCodes.Status500InternalServerError, "The request failed. The log has the reason under the trace id.")
            .ExecuteAsync(context);
    }

    private static IResult Problem(HttpContext context, int status, string? detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["traceId"] = TraceId(context) });

    private static string TraceId(HttpContext context) => Activity.Current?.Id ?? context.TraceIdentifier;
}
