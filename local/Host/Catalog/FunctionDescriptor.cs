using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using PelNas.Local.Host.Timers;

namespace PelNas.Local.Host.Catalog;

/// <summary>A function of the app, ready to run: its name, unique in any case, its code, what starts it, and a timer's times.</summary>
internal sealed record FunctionDescriptor(
    string Name, FunctionMethod Method, TriggerBindingAttribute Trigger, TimerSchedule? Schedule = null)
{
    /// <summary>What the Functions host calls its trigger, as in <c>httpTrigger</c>.</summary>
    public string TriggerType
        => Trigger.GetType().Name is var name ? char.ToLowerInvariant(name[0]) + name[1..^nameof(Attribute).Length] : "";
}

/// <summary>Runs the method behind a function: makes its class, binds its parameters, awaits its result.</summary>
internal sealed class FunctionMethod(MethodInfo method, TriggerBindingAttribute trigger)
{
    private readonly Func<Invocation, object?>[] _parameters = [.. method.GetParameters()
        .Select(parameter => ParameterBinder.Bind(parameter, trigger))];

    private readonly PropertyInfo? _result = method.ReturnType is { IsGenericType: true } type
        && type.GetGenericTypeDefinition() == typeof(Task<>)
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
        object? target = method.IsStatic ? null : ActivatorUtilities.CreateInstance(invocation.InstanceServices, method.DeclaringType!);
        object? result = method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        if (result is not Task task)
        {
            return result;
        }

        await task;
        return _result?.GetValue(task);
    }
}
