using Microsoft.Azure.Functions.Worker;

namespace PelNas.Local.Worker.Catalog;

/// <summary>One run of a function: what its parameters are bound from.</summary>
internal sealed class FunctionInvocation(FunctionDescriptor function, IServiceProvider services, CancellationToken cancellationToken)
    : FunctionContext
{
    /// <summary>What started the run: the request, the timer's state or the orchestration's context; null for an activity.</summary>
    public object? Trigger { get; init; }

    /// <summary>The input of an orchestrator or activity as JSON.</summary>
    public string? SerializedInput { get; init; }

    /// <summary>The orchestration an activity belongs to.</summary>
    public string? InstanceId { get; init; }

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => function.Name;

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override CancellationToken CancellationToken => cancellationToken;
}
