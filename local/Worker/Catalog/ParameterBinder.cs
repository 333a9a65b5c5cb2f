using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using PelNas.Local.Durable;

namespace PelNas.Local.Worker.Catalog;

/// <summary>Decides, when a function is declared, where each of its parameters will come from.</summary>
internal static class ParameterBinder
{
    /// <summary>How the parameter's value is had in a run.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="trigger">The trigger of its function.</param>
    /// <param name="route">The route of an HTTP function.</param>
    /// <exception cref="FunctionDefinitionException">The parameter cannot be bound.</exception>
    public static Func<FunctionInvocation, object?> Bind(ParameterInfo parameter, TriggerBindingAttribute trigger, RoutePattern? route)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<TriggerBindingAttribute>() is not null)
        {
            return BindTrigger(parameter, trigger);
        }

        if (parameter.GetCustomAttribute<DurableClientAttribute>() is not null)
        {
            Require(parameter, typeof(DurableTaskClient), "[DurableClient]");
            return trigger is OrchestrationTriggerAttribute
                ? throw new FunctionDefinitionException(
                    $"parameter '{parameter.Name}': an orchestrator cannot use a client, its replay would repeat the calls; use its TaskOrchestrationContext")
                : invocation => invocation.InstanceServices.GetRequiredService<DurableTaskClient>();
        }

        if (type == typeof(FunctionContext))
        {
            return invocation => invocation;
        }

        if (type == typeof(CancellationToken))
        {
            return invocation => invocation.CancellationToken;
        }

        if (route?.GetParameter(parameter.Name!) is { } routeParameter)
        {
            return BindRouteValue(parameter, routeParameter);
        }

        return trigger switch
        {
            ActivityTriggerAttribute when type == typeof(string) && parameter.Name == "instanceId" => invocation => invocation.InstanceId,
            OrchestrationTriggerAttribute when parameter.GetCustomAttribute<BindingAttribute>() is null => BindInput(type),
            _ => throw new FunctionDefinitionException(
                $"parameter '{type.Name} {parameter.Name}' cannot be bound; take services in the constructor, route values under the route's names, "
                + "and otherwise FunctionContext, CancellationToken or [DurableClient] DurableTaskClient"),
        };
    }

    private static Func<FunctionInvocation, object?> BindTrigger(ParameterInfo parameter, TriggerBindingAttribute trigger)
    {
        switch (trigger)
        {
            case HttpTriggerAttribute:
                Require(parameter, typeof(HttpRequest), "[HttpTrigger]");
                return invocation => invocation.Trigger;
            case TimerTriggerAttribute:
                Require(parameter, typeof(TimerInfo), "[TimerTrigger]");
                return invocation => invocation.Trigger;
            case OrchestrationTriggerAttribute:
                Require(parameter, typeof(TaskOrchestrationContext), "[OrchestrationTrigger]");
                return invocation => invocation.Trigger;
            case ActivityTriggerAttribute:
                return parameter.ParameterType == typeof(FunctionContext) ? invocation => invocation : BindInput(parameter.ParameterType);
            default:
                throw new FunctionDefinitionException($"the trigger {trigger.GetType().Name} is not one of HTTP, timer, orchestration and activity");
        }
    }

    private static Func<FunctionInvocation, object?> BindInput(Type type) =>
        invocation => LocalDataConverter.Default.Deserialize(invocation.SerializedInput, type);

    private static Func<FunctionInvocation, object?> BindRouteValue(ParameterInfo parameter, RoutePatternParameterPart part)
    {
        var name = parameter.Name!;
        var type = parameter.ParameterType;
        var converter = TypeDescriptor.GetConverter(type);
        if (!converter.CanConvertFrom(typeof(string)))
        {
            throw new FunctionDefinitionException($"route parameter '{name}' is a {type.Name}, which cannot be read from text; take a string");
        }

        var canBeAbsent = parameter.HasDefaultValue || !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
        if (part.IsOptional && !canBeAbsent)
        {
            throw new FunctionDefinitionException($"route parameter '{name}' is optional; make it '{type.Name}?' or give it a default value");
        }

        var absent = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        return invocation =>
        {
            var text = Convert.ToString(((HttpRequest)invocation.Trigger!).RouteValues[name], CultureInfo.InvariantCulture);
            if (string.IsNullOrEmpty(text))
            {
                return absent;
            }

            try
            {
                return converter.ConvertFromInvariantString(text);
            }
            catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
            {
                var expected = Nullable.GetUnderlyingType(type) ?? type;
                throw new BadHttpRequestException($"The route value '{name}' is '{text}', which is not a valid {expected.Name}.", exception);
            }
        };
    }

    private static void Require(ParameterInfo parameter, Type type, string attribute)
    {
        if (parameter.ParameterType != type)
        {
            throw new FunctionDefinitionException(
                $"parameter '{parameter.Name}': {attribute} needs a {type.Name}, not a {parameter.ParameterType.Name}");
        }
    }
}
