using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Configuration;
using PelNas.Local.Worker.Timers;

namespace PelNas.Local.Worker.Catalog;

/// <summary>Makes a function of a method that carries <see cref="FunctionAttribute"/>, or says what is wrong with it.</summary>
/// <param name="routePrefix">The first part of every HTTP route; may be empty.</param>
/// <param name="configuration">The settings that schedules name.</param>
internal sealed partial class FunctionFactory(string routePrefix, IConfiguration configuration)
{
    /// <summary>The function behind the method.</summary>
    /// <exception cref="FunctionDefinitionException">The declaration cannot be run; the message is a clause without the function's name.</exception>
    public FunctionDescriptor Create(string name, MethodInfo method)
    {
        RequireRunnable(name, method);
        var triggers = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<TriggerBindingAttribute>()).OfType<TriggerBindingAttribute>().ToList();
        if (triggers.Count != 1)
        {
            throw new FunctionDefinitionException($"it has {triggers.Count} trigger parameters; give exactly one parameter a trigger attribute");
        }

        switch (triggers[0])
        {
            case HttpTriggerAttribute http:
                RequireHttpResult(method);
                RequireLevel(http.AuthLevel);
                var route = ParseRoute(string.IsNullOrWhiteSpace(http.Route) ? name : http.Route);
                var httpMethods = (http.Methods ?? []).Select(verb => verb.ToUpperInvariant()).Distinct().ToList();
                return new HttpFunction(name, Bind(method, http, route), route, httpMethods, http.AuthLevel);
            case TimerTriggerAttribute timer:
                var schedule = TimerSchedule.Parse(timer.Schedule, configuration);
                return new TimerFunction(name, Bind(method, timer), schedule, timer.UseMonitor, timer.RunOnStartup);
            case OrchestrationTriggerAttribute orchestration:
                return new OrchestratorFunction(name, Bind(method, orchestration), orchestration.Orchestration ?? name);
            case ActivityTriggerAttribute activity:
                return new ActivityFunction(name, Bind(method, activity), activity.Activity ?? name);
            default:
                throw new FunctionDefinitionException($"the trigger {triggers[0].GetType().Name} is not one of HTTP, timer, orchestration and activity");
        }
    }

    private static FunctionMethod Bind(MethodInfo method, TriggerBindingAttribute trigger, RoutePattern? route = null) =>
        new(method, [.. method.GetParameters().Select(parameter => ParameterBinder.Bind(parameter, trigger, route))]);

    private static void RequireRunnable(string name, MethodInfo method)
    {
        if (!FunctionName().IsMatch(name))
        {
            throw new FunctionDefinitionException(
                "its name must begin with a letter and go on with at most 127 letters, digits, hyphens and underscores");
        }

        if (!method.IsPublic)
        {
            throw new FunctionDefinitionException("its method is not public; make it public");
        }

        if (method.ContainsGenericParameters || (method.DeclaringType!.IsAbstract && !method.IsStatic))
        {
            throw new FunctionDefinitionException("its class or method is generic or abstract; declare it in a class that can be made");
        }

        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
        {
            throw new FunctionDefinitionException("its method is async void, whose end and failure nobody sees; return Task");
        }
    }

    private static void RequireHttpResult(MethodInfo method)
    {
        // The isolated worker writes nothing for any other result, and the caller would see an empty 200.
        var result = MethodResult.ValueType(method.ReturnType);
        if (result != typeof(void) && !typeof(IResult).IsAssignableFrom(result) && !typeof(IActionResult).IsAssignableFrom(result))
        {
            throw new FunctionDefinitionException(
                $"an HTTP function returns IResult or IActionResult, or nothing if it writes the response itself, but not {result.Name}; "
                + "wrap the value in Results.Ok(...)");
        }
    }

    private static void RequireLevel(AuthorizationLevel level)
    {
        if (level is not (AuthorizationLevel.Anonymous or AuthorizationLevel.Function or AuthorizationLevel.Admin))
        {
            throw new FunctionDefinitionException($"the authorization level {level} has no keys here; use Function, Admin or Anonymous");
        }
    }

    private RoutePattern ParseRoute(string route)
    {
        var trimmed = route.Trim('/');
        if (trimmed.StartsWith("admin", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("runtime", StringComparison.OrdinalIgnoreCase))
        {
            throw new FunctionDefinitionException(
                $"the route '{route}' begins with 'admin' or 'runtime', which belong to the host whatever the prefix; begin it with another word");
        }

        try
        {
            return RoutePatternFactory.Parse(routePrefix.Length == 0 ? trimmed : $"{routePrefix}/{trimmed}");
        }
        catch (RoutePatternException exception)
        {
            throw new FunctionDefinitionException($"the route '{route}' is not valid: {exception.Message.TrimEnd('.')}");
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,127}$")]
    private static partial Regex FunctionName();
}
