using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace PelNas.Local.Worker.Catalog;

/// <summary>Runs the method behind a function: makes its class, binds its parameters, awaits its result.</summary>
internal sealed class FunctionMethod
{
    private readonly MethodInfo _method;
    private readonly IReadOnlyList<Func<FunctionInvocation, object?>> _parameters;
    private readonly Func<object?, Task<object?>> _awaitResult;

    /// <param name="method">The method.</param>
    /// <param name="parameters">For each parameter, how its value is had.</param>
    public FunctionMethod(MethodInfo method, IReadOnlyList<Func<FunctionInvocation, object?>> parameters)
    {
        _method = method;
        _parameters = parameters;
        _awaitResult = MethodResult.AwaiterFor(method.ReturnType);
    }

    /// <summary>
    /// Runs the method and returns its result, null if it has none. Exceptions are the method's own. Everything stays on the caller's
    /// synchronization context, because orchestrators run through here.
    /// </summary>
    public async Task<object?> InvokeAsync(FunctionInvocation invocation)
    {
        var arguments = _parameters.Select(bind => bind(invocation)).ToArray();
        var target = _method.IsStatic ? null : ActivatorUtilities.CreateInstance(invocation.InstanceServices, _method.DeclaringType!);
        try
        {
            return await _awaitResult(_method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null));
        }
        finally
        {
            if (target is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync();
            }
            else if (target is IDisposable disposable)
            {
                disposable.Dispose();
            }
        }
    }
}
