namespace Microsoft.Azure.Functions.Worker;

/// <summary>One run of a function, as the function sees it.</summary>
public abstract class FunctionContext
{
    /// <summary>Creates the context.</summary>
    protected FunctionContext()
    {
    }

    /// <summary>The id of this run.</summary>
    public abstract string InvocationId { get; }

    /// <summary>The id of the function, the same in every run.</summary>
    public abstract string FunctionId { get; }

    /// <summary>The services of this run.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>Values that parts of this run share.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>Cancelled when the run is to end: the caller has gone, or the host stops.</summary>
    public virtual CancellationToken CancellationToken { get; } = CancellationToken.None;
}
