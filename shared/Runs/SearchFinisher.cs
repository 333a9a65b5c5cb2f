using PelNas.Shared.Storage;

namespace PelNas.Shared.Runs;

/// <summary>The step <c>FinishSearch</c>: records when and why a run ended.</summary>
public sealed class SearchFinisher(IRunStore store)
{
    /// <summary>Runs the step and returns the row as written.</summary>
    public async Task<RunRow> FinishAsync(string runId, string stopReason, DateTimeOffset finishedAt, CancellationToken cancellationToken)
    {
        RunRow run = await store.GetRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        run = run with { StopReason = stopReason, FinishedAt = finishedAt };
        await store.PutRunAsync(run, cancellationToken);
        return run;
    }
}
