using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using PelNas.Local.Host.Timers;

namespace PelNas.Local.Host.Catalog;

/// <summary>A function of the app, ready to run.</summary>
/// <param name="Name">Its name, unique without regard to case.</param>
/// <param name="Method">The code behind it.</param>
/// <param name="Trigger">What starts it.</param>
internal record FunctionDescriptor(string Name, FunctionMethod Method, TriggerBindingAttribute Trigger)
{
    /// <summary>What the Functions host calls its trigger, as in <c>httpTrigger</c>.</summary>
    public string TriggerType => Trigger.GetType().Name is var name ? char.ToLowerInvariant(name[0]) + name[1..^nameof(Attribute).Length] : "";
}

/// <summary>A function that runs on a schedule.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The code behind it.</param>
/// <param name="Timer">Its trigger.</param>
/// <param name="Schedule">When it runs.</param>
internal sealed record TimerFunction(string Name, FunctionMethod Method, TimerTriggerAttribute Timer, TimerSchedule Schedule) : FunctionDescriptor(Name, Method, Timer);

/// <summary>Runs the method behind a function: makes its class, binds its parameters, awaits its result.</summary>
internal sealed class FunctionMethod(MethodInfo method, TriggerBindingAttribute trigger)
{
    private readonly Func<Invocation, object?>[] _parameters = [.. method.GetParameters().Select(parameter => ParameterBinder.Bind(parameter, trigger))];

    private readonly PropertyInfo? _result = method.ReturnType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Task<>)
        ? type.GetProperty(nameof(Task<>.Result)) : null;

    /// <summary>The method itself.</summary>
    public MethodInfo Code => method;

    /// <summary>The values of its parameters in a run.</summary>
    public object?[] Bind(Invocation invocation) => [.. _parameters.Select(bind => bind(invocation))];

    /// <summary>
    /// Runs the method and returns its result, null if it has none. Exceptions are the method's own. Everything stays on the caller's
    /// synchronization context, because orchestrators run through here.
    /// </summary>
    public async Task<object?> InvokeAsync(Invocation invocation, object?[] arguments)
    {
        object? target = method.IsStatic ? null : Microsoft.Extensions.DependencyInjection.ActivatorUtilities.CreateInstance(invocation.InstanceServices, method.DeclaringType!);
        object? result = method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        if (result is not Task task)
        {
            return result;
        }

        await task;
        return _result?.GetValue(task);
    }
}
