using System.Diagnostics;
using System.Globalization;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace PelNas.Functions.Http;

/// <summary>
/// Answers where an HTTP function threw: for a request that it refuses with the refusal, for a store that is at fault with what is to be
/// done about it, for a request that cannot be read with that, for anything else with an id under which the log has the reason. Without it
/// the Functions worker would answer with an empty 200. Of a host's context it reads the request alone
/// (<see cref="FunctionContextExtensions.GetHttpContext"/>: <c>Items["HttpRequestContext"]</c>), which has to be there before the
/// middleware of the app begins. It writes the answer to the response and leaves no result: a host that finds none writes nothing more.
/// </summary>
internal sealed class FaultAnswers(ILogger<FaultAnswers> logger) : IFunctionsWorkerMiddleware
{
    // The client of the store has tried for some 25 s by now, so that coming back at once would only add to the load.
    private const int RetryAfterSeconds = 30;

    /// <summary>Whether a function answers a request.</summary>
    public static bool Concern(FunctionContext context) => context.GetHttpContext() is not null;

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        HttpContext http = context.GetHttpContext()!;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
        }
        catch (Exception fault)
        {
            await Answer(http, fault).ExecuteAsync(http);
        }
    }

    private IResult Answer(HttpContext http, Exception fault)
    {
        switch (fault)
        {
            case RefusedException refused:
                return refused.Answer;
            case ContinuationException:
                return Problems.InvalidContinuation().Answer;
            case BadHttpRequestException unreadable:
                return Problems.Unreadable(unreadable).Answer;
            case StoreException store:
                logger.LogWarning(store, "{Method} {Path} could not be answered.", http.Request.Method, http.Request.Path);
                if (store.Kind == StoreFaultKind.Passing)
                {
                    http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                }

                return Problems.OfStore(store).Answer;
            default:
                string traceId = Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
                logger.LogError(fault, "{Method} {Path} failed, trace id {TraceId}.", http.Request.Method, http.Request.Path, traceId);
                return Problems.Internal(traceId).Answer;
        }
    }
}
