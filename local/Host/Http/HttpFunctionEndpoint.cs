using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using PelNas.Local.Host.Catalog;

namespace PelNas.Local.Host.Http;

/// <summary>Serves an HTTP function on its route.</summary>
internal static class HttpFunctionEndpoint
{
    /// <summary>Adds the function to the routes.</summary>
    public static void Map(IEndpointRouteBuilder endpoints, string prefix, FunctionDescriptor function)
    {
        HttpTriggerAttribute trigger = (HttpTriggerAttribute)function.Trigger;
        string[] methods = [.. (trigger.Methods ?? []).Select(method => method.ToUpperInvariant())];
        IEndpointConventionBuilder endpoint = endpoints.Map($"{prefix}/{trigger.Route ?? function.Name}".TrimStart('/'), context => RunAsync(function, context))
            .WithDisplayName(function.Name)
            .WithMetadata(function);
        if (methods.Length > 0)
        {
            endpoint.WithMetadata(new HttpMethodMetadata(methods));
        }

        if (trigger.AuthLevel != AuthorizationLevel.Anonymous)
        {
            endpoint.WithMetadata(new RequiredKey());
        }
    }

    private static async Task RunAsync(FunctionDescriptor function, HttpContext context)
    {
        Invocation invocation = new(function, context.RequestServices, context.RequestAborted) { Trigger = context.Request };
        if (await invocation.RunAsync() is IResult result)
        {
            await result.ExecuteAsync(context);
        }
    }
}
