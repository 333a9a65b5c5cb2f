using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using PelNas.Local.Worker.Catalog;

namespace PelNas.Local.Worker.Http;

/// <summary>Serves an HTTP function on its route.</summary>
internal static class HttpFunctionEndpoint
{
    /// <summary>Adds the function to the routes.</summary>
    public static void Map(IEndpointRouteBuilder endpoints, HttpFunction function)
    {
        var endpoint = endpoints.Map(function.Route, context => RunAsync(function, context))
            .WithDisplayName(function.Name)
            .WithMetadata(function);
        if (function.HttpMethods.Count > 0)
        {
            endpoint.WithMetadata(new HttpMethodMetadata(function.HttpMethods));
        }

        if (function.Level != AuthorizationLevel.Anonymous)
        {
            endpoint.WithMetadata(new RequiredKey(function.Level == AuthorizationLevel.Admin ? KeyScope.Admin : KeyScope.Function));
        }
    }

    private static async Task RunAsync(HttpFunction function, HttpContext context)
    {
        var invocation = new FunctionInvocation(function, context.RequestServices, context.RequestAborted) { Trigger = context.Request };
        switch (await function.Method.InvokeAsync(invocation))
        {
            case IResult result:
                await result.ExecuteAsync(context);
                break;
            case IActionResult result:
                await result.ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), new ActionDescriptor()));
                break;
            default:
                // The function wrote the response itself.
                break;
        }
    }
}
