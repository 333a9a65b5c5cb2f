using System.Text.Json;
using PelNas.Functions.Orchestrations;
using PelNas.Functions.Schedules;

namespace PelNas.Functions.Http.Sweeps;

/// <summary>
/// <c>POST /sweeps/{id}/terminate</c>: ends a sweep before its time, so that another can start. Its searches that have ended stay.
/// </summary>
public sealed class EndSweep(SweepRepository sweeps)
{
    private static readonly TerminateInstanceOptions Ended = new(Output: "ended over HTTP");

    /// <summary>
    /// The HTTP function: 202 when the sweep and its searches under way are asked to end, 409 when it has ended, or never ran. Sent again
    /// after a request that was cut short, it ends the searches that this one left at work.
    /// </summary>
    [Function(nameof(EndSweep))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "sweeps/{id}/terminate")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        SweepView sweep = await SweepView.GetAsync(sweeps, client, id, cancellationToken);
        bool isAlive = sweep.Status is SweepStatus.Pending or SweepStatus.Running or SweepStatus.Suspended;
        if (isAlive)
        {
            // Not where an earlier request was cut short behind it, and another sweep may be the active one by now.
            if (await SweepStarter.FindActiveAsync(client, cancellationToken) is { } active && active.SweepId == id)
            {
                await client.EndAsync(ActiveSweepOrchestrator.InstanceId, Ended, cancellationToken);
            }

            await client.EndAsync(id, Ended, cancellationToken);
        }

        return await EndSearchesAsync(client, id, cancellationToken) || isAlive
            ? Results.Accepted()
            : throw Problems.Conflict(
                $"The sweep {id} does not run: it is {JsonNamingPolicy.CamelCase.ConvertName(sweep.Status.ToString())}.");
    }

    /// <summary>
    /// Ends the searches of a sweep, which Durable Functions do not end with it, and says whether there were any. Once the sweep has ended
    /// it starts no further one.
    /// </summary>
    private static async Task<bool> EndSearchesAsync(DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        if (await client.GetInstanceAsync(id, cancellationToken) is null)
        {
            return false;
        }

        bool hasEnded = false;
        OrchestrationMetadata sweep = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, cancellationToken);
        foreach (string runId in sweep.SerializedCustomStatus is null ? [] : sweep.ReadCustomStatusAs<SweepProgress>()!.Running)
        {
            if (await client.GetInstanceAsync(runId, cancellationToken) is { IsCompleted: false })
            {
                await client.EndAsync(runId, Ended, cancellationToken);
                hasEnded = true;
            }
        }

        return hasEnded;
    }
}
