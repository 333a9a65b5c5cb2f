namespace PelNas.Local.Tests.Engine;

/// <summary>An app made of lambdas, which counts how often each activity has run to its end.</summary>
internal sealed class LambdaFunctions : IDurableFunctions
{
    private static readonly StringComparer Names = StringComparer.OrdinalIgnoreCase;

    private readonly Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> _orchestrators = new(Names);
    private readonly Dictionary<string, Func<string?, CancellationToken, Task<object?>>> _activities = new(Names);

    public ConcurrentDictionary<string, int> Runs { get; } = new();

    public LambdaFunctions Orchestrator<T>(string name, Func<TaskOrchestrationContext, Task<T>> run)
    {
        _orchestrators[name] = async context => await run(context);
        return this;
    }

    public LambdaFunctions Orchestrator(string name, Func<TaskOrchestrationContext, Task> run)
    {
        _orchestrators[name] = async context =>
        {
            await run(context);
            return null;
        };
        return this;
    }

    public LambdaFunctions Activity<TIn, TOut>(string name, Func<TIn, TOut> run) =>
        Activity<TIn, TOut>(name, (input, _) => Task.FromResult(run(input)));

    public LambdaFunctions Activity<TIn, TOut>(string name, Func<TIn, CancellationToken, Task<TOut>> run)
    {
        _activities[name] = async (input, token) => await run(EngineServices.Converter.Deserialize<TIn>(input)!, token);
        return this;
    }

    public bool HasOrchestrator(string name) => _orchestrators.ContainsKey(name);

    public bool HasActivity(string name) => _activities.ContainsKey(name);

    public async Task<string?> RunOrchestratorAsync(string name, TaskOrchestrationContext context, string? serializedInput) =>
        EngineServices.Converter.Serialize(await _orchestrators[name](context));

    public async Task<string?> RunActivityAsync(
        string name, string instanceId, string? serializedInput, CancellationToken cancellationToken)
    {
        object? output = await _activities[name](serializedInput, cancellationToken);
        Runs.AddOrUpdate($"{instanceId} {name} {serializedInput}", 1, (_, runs) => runs + 1);
        return EngineServices.Converter.Serialize(output);
    }
}
