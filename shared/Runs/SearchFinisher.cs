using PelNas.Shared.Storage;

namespace PelNas.Shared.Runs;

/// <summary>The step <c>FinishSearch</c>: records when and why a run ended.</summary>
public sealed class SearchFinisher(IRunStore store)
{
    /// <summary>Runs the step.</summary>
    public async Task FinishAsync(string runId, string stopReason, DateTimeOffset finishedAt, CancellationToken cancellationToken)
    {
        RunRow run = await store.GetRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        await store.PutRunAsync(run with { StopReason = stopReason, FinishedAt = finishedAt }, cancellationToken);
    }
}
