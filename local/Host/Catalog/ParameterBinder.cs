using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.DurableTask.Client;
using PelNas.Local.Engine;

namespace PelNas.Local.Host.Catalog;

/// <summary>Decides, when a function is declared, where each of its parameters will come from.</summary>
internal static class ParameterBinder
{
    /// <summary>How a run gets the parameter's value.</summary>
    /// <exception cref="FunctionDefinitionException">The parameter cannot be bound.</exception>
    public static Func<Invocation, object?> Bind(ParameterInfo parameter, TriggerBindingAttribute trigger)
    {
        Type type = parameter.ParameterType;
        return parameter switch
        {
            _ when parameter.IsDefined(typeof(TriggerBindingAttribute)) => trigger is ActivityTriggerAttribute
                ? invocation => EngineServices.Converter.Deserialize(invocation.SerializedInput, type)
                : invocation => invocation.Trigger,
            _ when parameter.IsDefined(typeof(DurableClientAttribute)) =>
                invocation => invocation.InstanceServices.GetRequiredService<DurableTaskClient>(),
            _ when type == typeof(FunctionContext) => invocation => invocation,
            _ when type == typeof(CancellationToken) => invocation => invocation.CancellationToken,
            _ when type == typeof(string) && trigger is HttpTriggerAttribute http
                && http.Route?.Contains($"{{{parameter.Name}", StringComparison.OrdinalIgnoreCase) == true =>
                invocation => ((HttpRequest)invocation.Trigger!).RouteValues[parameter.Name!],
            _ => throw new FunctionDefinitionException(
                $"parameter '{type.Name} {parameter.Name}' cannot be bound; take services in the constructor, route values as texts "
                + "under the route's names, and otherwise FunctionContext, CancellationToken or [DurableClient] DurableTaskClient"),
        };
    }
}
