namespace PelNas.Functions.Tests.Support;

/// <summary>A client that is held up just before it schedules an orchestration.</summary>
internal sealed class HeldClient(DurableTaskClient inner, Task gate) : PassingClient(inner)
{
    private readonly TaskCompletionSource _isHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the client is held up.</summary>
    public Task IsHeld => _isHeld.Task;

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        _isHeld.TrySetResult();
        await gate.WaitAsync(cancellation);
        return await Inner.ScheduleNewOrchestrationInstanceAsync(orchestratorName, input, options, cancellation);
    }
}
