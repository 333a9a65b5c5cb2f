using Microsoft.AspNetCore.Http;

namespace PelNas.Local.Host.Http;

/// <summary>Says of an endpoint which key it asks for.</summary>
/// <param name="IsMaster">Whether only the master key opens it.</param>
internal sealed record RequiredKey(bool IsMaster);

/// <summary>
/// Lets a request through to an endpoint with a <see cref="RequiredKey"/> only with that key, in the header <c>x-functions-key</c> or
/// else in the query as <c>code</c>.
/// </summary>
internal sealed class KeyAuthorization(FunctionKeys keys) : IMiddleware
{
    private const string Header = "x-functions-key";
    private const string QueryParameter = "code";

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredKey>() is not { } required)
        {
            return next(context);
        }

        var request = context.Request;
        var header = request.Headers[Header].ToString();
        var presented = header.Length > 0 ? header : request.Query[QueryParameter].ToString();
        return presented.Length > 0 && keys.Open(presented, required.IsMaster)
            ? next(context)
            : Problems.WriteAsync(
                context, StatusCodes.Status401Unauthorized, $"Send a key that opens this in the header '{Header}' or the query parameter '{QueryParameter}'.");
    }
}
