using System.Reflection;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Tests.Support;

/// <summary>A store of which one method fails for one id.</summary>
public class FaultyStore : DispatchProxy
{
    private IRunStore? _inner;
    private string _method = "";
    private string _id = "";

    /// <summary>Wraps a store.</summary>
    public static IRunStore Around(IRunStore inner, string method, string id)
    {
        IRunStore proxy = Create<IRunStore, FaultyStore>();
        FaultyStore faulty = (FaultyStore)(object)proxy;
        (faulty._inner, faulty._method, faulty._id) = (inner, method, id);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        => targetMethod!.Name == _method && (string?)args![0] == _id
            ? Task.FromException(new StoreException("the test's store", "is out of order", "Try again."))
            : targetMethod.Invoke(_inner, args);
}
