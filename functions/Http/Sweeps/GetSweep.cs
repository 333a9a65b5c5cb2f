using PelNas.Functions.Orchestrations;
using PelNas.Functions.Schedules;

namespace PelNas.Functions.Http.Sweeps;

/// <summary><c>GET /sweeps/{id}</c>: one sweep, how far it is and what came of it.</summary>
public sealed class GetSweep(SweepRepository sweeps)
{
    [Function(nameof(GetSweep))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "sweeps/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
        => ConditionalResults.Json(request, await SweepView.GetAsync(sweeps, client, id, cancellationToken));
}

/// <summary>A sweep as the API shows it.</summary>
/// <param name="Night">The night it was due, UTC; null when somebody started it.</param>
/// <param name="IsLate">Whether it made up for a night that the schedule had missed.</param>
/// <param name="StartedAt">UTC start; null before it.</param>
/// <param name="FinishedAt">UTC end; null until then.</param>
/// <param name="SkippedBecause">Why it did not run; null when it did.</param>
/// <param name="Progress">How far it is; null when it is not running.</param>
/// <param name="Searches">Its searches; empty until it has ended.</param>
/// <param name="Contexts">What came of each context, and how that compares with the last sweep; empty until it has ended.</param>
public sealed record SweepView(
    string Id,
    SweepStatus Status,
    DateOnly? Night,
    bool IsLate,
    SweepRequest Request,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    string? SkippedBecause,
    SweepProgress? Progress,
    IReadOnlyList<SweepSearch> Searches,
    IReadOnlyList<SweepContext> Contexts)
{
    /// <summary>A sweep of the store. The orchestration of one that has ended, or never ran, is not asked.</summary>
    internal static async Task<SweepView> OfAsync(SweepRow row, DurableTaskClient client, CancellationToken cancellationToken)
    {
        bool isOver = row.FinishedAt is not null || row.SkippedBecause is not null;
        OrchestrationMetadata? instance = isOver
            ? null
            : await client.GetInstanceAsync(row.SweepId, getInputsAndOutputs: true, cancellationToken);
        return new SweepView(
            row.SweepId, StatusOf(row, instance), row.Night, row.IsLate, row.Request, row.StartedAt, row.FinishedAt,
            row.SkippedBecause, ProgressOf(instance), row.Searches, row.Contexts);
    }

    /// <summary>A sweep by its id.</summary>
    /// <exception cref="RefusedException">404: there is none.</exception>
    internal static async Task<SweepView> GetAsync(
        SweepRepository sweeps, DurableTaskClient client, string id, CancellationToken cancellationToken)
        => await FindAsync(sweeps, client, id, cancellationToken)
            ?? throw Problems.NotFound($"There is no sweep '{UntrustedText.Cut(id, 60)}'. GET /sweeps lists those there are.");

    private static async Task<SweepView?> FindAsync(
        SweepRepository sweeps, DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        if (!SweepIds.IsValid(id))
        {
            return null;
        }

        if (await sweeps.GetAsync(id, cancellationToken) is { } row)
        {
            return await OfAsync(row, client, cancellationToken);
        }

        // Started, but its first step has not written the row yet, or has refused the request.
        if (await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) is { } instance
            && instance.ReadInputAs<SweepInput>() is { } input)
        {
            return new SweepView(
                id, StatusOf(null, instance), input.Night, input.IsLate, input.Request, null, null, null, ProgressOf(instance), [], []);
        }

        // Started, but its orchestration is not there yet.
        return await SweepStarter.FindActiveAsync(client, cancellationToken) is { Sweep: { } sweep } active && active.SweepId == id
            ? new SweepView(id, SweepStatus.Pending, sweep.Night, sweep.IsLate, sweep.Request, null, null, null, null, [], [])
            : null;
    }

    private static SweepStatus StatusOf(SweepRow? row, OrchestrationMetadata? instance) => (row, instance?.RuntimeStatus) switch
    {
        ({ SkippedBecause: not null }, _) => SweepStatus.Skipped,
        ({ FinishedAt: not null }, _) or (_, OrchestrationRuntimeStatus.Completed) => SweepStatus.Completed,
        (_, OrchestrationRuntimeStatus.Pending) => SweepStatus.Pending,
        (_, OrchestrationRuntimeStatus.Running) => SweepStatus.Running,
        (_, OrchestrationRuntimeStatus.Suspended) => SweepStatus.Suspended,
        (_, OrchestrationRuntimeStatus.Failed) => SweepStatus.Failed,
        _ => SweepStatus.Terminated,
    };

    private static SweepProgress? ProgressOf(OrchestrationMetadata? instance) =>
        instance is { IsRunning: true, SerializedCustomStatus: not null } ? instance.ReadCustomStatusAs<SweepProgress>() : null;
}

/// <summary>Where a sweep stands.</summary>
public enum SweepStatus
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Paused.</summary>
    Suspended,

    /// <summary>Done; searches of it may have failed.</summary>
    Completed,

    /// <summary>Ended by a failure of its own.</summary>
    Failed,

    /// <summary>Ended from outside, or its history is gone.</summary>
    Terminated,

    /// <summary>Never begun, because another had not ended.</summary>
    Skipped,
}
