using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Context.Features;

namespace PelNas.Local.Host.Catalog;

/// <summary>One run of a function: what its parameters are bound from, and what middleware sees of it.</summary>
internal sealed class Invocation(FunctionDescriptor function, IServiceProvider services, CancellationToken cancellationToken)
    : FunctionContext, IFunctionInputBindingFeature
{
    // Where the worker's ASP.NET Core extension keeps the request; FunctionContext.GetHttpContext() reads it from there.
    private const string HttpContextKey = "HttpRequestContext";

    private readonly object? _trigger;
    private object?[]? _bound;
    private FeatureSet? _features;

    /// <summary>What started the run: the request, the timer's state or the orchestration's context; null for an activity.</summary>
    public object? Trigger
    {
        get => _trigger;
        init
        {
            _trigger = value;
            if (value is HttpRequest request)
            {
                Items[HttpContextKey] = request.HttpContext;
            }
        }
    }

    /// <summary>The input of an activity as JSON.</summary>
    public string? SerializedInput { get; init; }

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => function.Name;

    public override TraceContext TraceContext
        => throw new NotSupportedException("The embedded host runs functions within Activity.Current.");

    public override BindingContext BindingContext => throw new NotSupportedException("The embedded host has no binding data.");

    public override RetryContext RetryContext => null!; // As in the worker, for a function without a retry attribute.

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition { get; } = new Definition(function);

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features => _features ??= new FeatureSet(this);

    public override CancellationToken CancellationToken => cancellationToken;

    /// <summary>Runs the function within the app's middleware and returns its result, null if it has none.</summary>
    public async Task<object?> RunAsync()
    {
        object? result = null;
        await InstanceServices.GetRequiredService<FunctionPipeline>()
            .RunAsync(this, async _ => result = await function.Method.InvokeAsync(this, Bind()));
        return result;
    }

    /// <summary>The values of the function's parameters, bound once.</summary>
    public object?[] Bind() => _bound ??= function.Method.Bind(this);

    ValueTask<FunctionInputBindingResult> IFunctionInputBindingFeature.BindFunctionInputAsync(FunctionContext context)
        => new(new FunctionInputBindingResult(Bind()));

    private sealed class Definition(FunctionDescriptor function) : FunctionDefinition
    {
        public override string PathToAssembly => function.Method.Code.DeclaringType!.Assembly.Location;

        public override string EntryPoint => $"{function.Method.Code.DeclaringType!.FullName}.{function.Method.Code.Name}";

        public override string Id => function.Name;

        public override string Name => function.Name;

        public override ImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
            ImmutableDictionary<string, BindingMetadata>.Empty.Add(function.TriggerType, new TriggerMetadata(function));

        public override ImmutableDictionary<string, BindingMetadata> OutputBindings => ImmutableDictionary<string, BindingMetadata>.Empty;

        public override ImmutableArray<FunctionParameter> Parameters => [];
    }

    private sealed class TriggerMetadata(FunctionDescriptor function) : BindingMetadata
    {
        public override string Name => function.TriggerType;

        public override string Type => function.TriggerType;

        public override BindingDirection Direction => BindingDirection.In;
    }

    private sealed class FeatureSet : Dictionary<Type, object>, IInvocationFeatures
    {
        public FeatureSet(IFunctionInputBindingFeature binding) => Set(binding);

        public T? Get<T>() => TryGetValue(typeof(T), out object? feature) ? (T)feature : default;

        public void Set<T>(T instance) => this[typeof(T)] = instance!;
    }
}
