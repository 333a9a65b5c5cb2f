using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Functions.Activities;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Orchestrations;

/// <summary>
/// Removes a search that was alive when it was deleted. That can take some time: a backend hands out a termination when it comes to it.
/// While this runs, the search is gone for whoever asks.
/// </summary>
public static class RemovalOrchestrator
{
    // After the patience of an attempt, which is longer than a termination takes: what it waits for now is a backlog, or a newer version
    // of the app.
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMinutes(1);

    /// <summary>Instance id of a search's removal.</summary>
    public static string InstanceId(string runId) => $"{runId}-removal";

    /// <summary>Whether a search is being removed.</summary>
    /// <param name="client">The orchestrations.</param>
    /// <param name="runId">What may be the id of a run.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<bool> IsUnderWayAsync(DurableTaskClient client, string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        return StoreGuard.IsRunId(runId)
            && await client.GetInstanceAsync(InstanceId(runId), cancellationToken)
                is { Name: nameof(RemovalOrchestrator), IsCompleted: false };
    }

    /// <summary>The orchestrator function.</summary>
    [Function(nameof(RemovalOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        RemovalInput input = context.GetInput<RemovalInput>()!;
        if (!await context.CallActivityAsync<bool>(nameof(RemoveSearch), input, Retries.Removal))
        {
            await context.CreateTimer(BetweenAttempts, CancellationToken.None);
            context.ContinueAsNew(input);
        }
    }
}
