using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using PelNas.Local.Host.Catalog;

namespace PelNas.Local.Host.Http;

/// <summary>Serves an HTTP function on its route, to callers that have the key if its level asks for one.</summary>
internal static class HttpFunctionEndpoint
{
    /// <summary>Adds the function to the routes.</summary>
    public static void Map(IEndpointRouteBuilder endpoints, string prefix, FunctionDescriptor function, FunctionKeys keys)
    {
        HttpTriggerAttribute trigger = (HttpTriggerAttribute)function.Trigger;
        string[] methods = [.. (trigger.Methods ?? []).Select(method => method.ToUpperInvariant())];
        bool isOpen = trigger.AuthLevel == AuthorizationLevel.Anonymous;
        IEndpointConventionBuilder endpoint = endpoints.Map(
            $"{prefix}/{trigger.Route ?? function.Name}".TrimStart('/'),
            context => isOpen || keys.Open(context.Request) ? RunAsync(function, context) : FunctionKeys.Refusal.ExecuteAsync(context));
        if (methods.Length > 0)
        {
            endpoint.WithMetadata(new HttpMethodMetadata(methods));
        }
    }

    private static async Task RunAsync(FunctionDescriptor function, HttpContext context)
    {
        // What a function answers is left as it is.
        context.Features.GetRequiredFeature<IStatusCodePagesFeature>().Enabled = false;
        Invocation invocation = new(function, context.RequestServices, context.RequestAborted) { Trigger = context.Request };
        if (await invocation.RunAsync() is IResult result)
        {
            await result.ExecuteAsync(context);
        }
    }
}
