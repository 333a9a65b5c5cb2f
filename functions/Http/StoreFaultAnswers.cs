using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http;

/// <summary>
/// Answers for a store that is at fault. Every HTTP function answers through here: the worker and the local host have no middleware in common.
/// </summary>
internal static class StoreFaultAnswers
{
    // The client of the store has tried for some 25 s by now, so that coming back at once would only add to the load.
    private const int RetryAfterSeconds = 30;

    /// <summary>The answer of a function, or a problem where the store failed it.</summary>
    public static async Task<IResult> AnswerAsync(this HttpRequest request, Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (StoreException fault)
        {
            request.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(StoreFaultAnswers))
                .LogWarning(fault, "{Method} {Path} could not be answered.", request.Method, request.Path);
            if (fault.Kind == StoreFaultKind.Passing)
            {
                request.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            }

            return Problems.OfStore(fault);
        }
    }
}
