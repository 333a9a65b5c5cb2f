using System.Reflection;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Tests.Support;

/// <summary>A store of which some calls fail.</summary>
public class FaultyStore : DispatchProxy
{
    private IRunStore? _inner;
    private Func<MethodInfo, object?[], Exception?> _fault = (_, _) => null;

    /// <summary>Wraps a store of which one method fails for one id.</summary>
    public static IRunStore Around(IRunStore inner, string method, string id) => Create(inner, (called, args) => called.Name == method && (string?)args[0] == id
        ? new StoreException("the test's store", "is out of order", "Try again.")
        : null);

    /// <summary>Wraps a store of which some methods fail.</summary>
    public static IRunStore Around(IRunStore inner, IReadOnlySet<string> methods) => Create(inner, (called, _) => methods.Contains(called.Name)
        ? new StoreException("the test's store", "is out of order", "Try again.")
        : null);

    /// <summary>A store of which every call fails.</summary>
    public static IRunStore Always(Exception fault) => Create(inner: null, (_, _) => fault);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        => _fault(targetMethod!, args!) is { } fault ? throw fault : targetMethod!.Invoke(_inner, args);

    private static IRunStore Create(IRunStore? inner, Func<MethodInfo, object?[], Exception?> fault)
    {
        IRunStore proxy = Create<IRunStore, FaultyStore>();
        FaultyStore faulty = (FaultyStore)(object)proxy;
        (faulty._inner, faulty._fault) = (inner, fault);
        return proxy;
    }
}
