using Microsoft.AspNetCore.Http;

namespace PelNas.Local.Host.Http;

/// <summary>Says of an endpoint that it asks for the key.</summary>
internal sealed record RequiredKey;

/// <summary>
/// Lets a request through to an endpoint with <see cref="RequiredKey"/> only with the key, in the header <c>x-functions-key</c> or
/// else in the query as <c>code</c>.
/// </summary>
internal sealed class KeyAuthorization(FunctionKeys keys) : IMiddleware
{
    private const string Header = "x-functions-key";
    private const string QueryParameter = "code";

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredKey>() is null)
        {
            return next(context);
        }

        var request = context.Request;
        var header = request.Headers[Header].ToString();
        var presented = header.Length > 0 ? header : request.Query[QueryParameter].ToString();
        return presented.Length > 0 && keys.Open(presented)
            ? next(context)
            : Problems.WriteAsync(
                context, StatusCodes.Status401Unauthorized, $"Send a key that opens this in the header '{Header}' or the query parameter '{QueryParameter}'.");
    }
}
