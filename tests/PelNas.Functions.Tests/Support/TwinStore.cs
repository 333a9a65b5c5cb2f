using System.Reflection;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Tests.Support;

/// <summary>A store at whose reads <see cref="Twins"/> wait for each other.</summary>
public class TwinStore : DispatchProxy
{
    // What is read in turns: one who waits for the other within its turn would wait for ever.
    private static readonly string[] InTurns = [nameof(IBudgetStore.GetBudgetAsync), nameof(IRunStore.GetChatAnswerAsync)];

    private static readonly MethodInfo Await = typeof(TwinStore).GetMethod(nameof(AfterMeetingAsync), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private IRunStore? _inner;

    /// <summary>Wraps a store.</summary>
    public static IRunStore Around(IRunStore inner)
    {
        IRunStore proxy = Create<IRunStore, TwinStore>();
        ((TwinStore)(object)proxy)._inner = inner;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        => Twins.Current is { } twins && targetMethod!.Name.StartsWith("Get", StringComparison.Ordinal) && !InTurns.Contains(targetMethod.Name)
            ? Await.MakeGenericMethod(targetMethod.ReturnType.GetGenericArguments()).Invoke(this, [twins, targetMethod, args])
            : Call(targetMethod!, args);

    private async Task<T> AfterMeetingAsync<T>(Twins twins, MethodInfo method, object?[]? args)
    {
        await twins.MeetAsync();
        return await (Task<T>)Call(method, args)!;
    }

    private object? Call(MethodInfo method, object?[]? args) => method.Invoke(_inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
}
