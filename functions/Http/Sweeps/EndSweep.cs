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
    /// The HTTP function: 202 when the sweep and its searches under way are asked to end, 409 when it has ended, or never ran.
    /// </summary>
    [Function(nameof(EndSweep))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "sweeps/{id}/terminate")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        SweepView sweep = await SweepView.GetAsync(sweeps, client, id, cancellationToken);
        if (sweep.Status is not (SweepStatus.Pending or SweepStatus.Running or SweepStatus.Suspended))
        {
            throw Problems.Conflict(
                $"The sweep {id} does not run: it is {JsonNamingPolicy.CamelCase.ConvertName(sweep.Status.ToString())}.");
        }

        // Not where an earlier request was cut short behind it, and another sweep may be the active one by now.
        if (await SweepStarter.FindActiveAsync(client, cancellationToken) is { } active && active.SweepId == id)
        {
            await client.EndAsync(ActiveSweepOrchestrator.InstanceId, Ended, cancellationToken);
        }

        await client.EndAsync(id, Ended, cancellationToken);

        // Durable Functions end no sub-orchestrations with an orchestration. Once this one has ended it starts no further search.
        if (await client.GetInstanceAsync(id, cancellationToken) is not null)
        {
            OrchestrationMetadata ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, cancellationToken);
            foreach (string runId in ended.SerializedCustomStatus is null ? [] : ended.ReadCustomStatusAs<SweepProgress>()!.Running)
            {
                await client.EndAsync(runId, Ended, cancellationToken);
            }
        }

        return Results.Accepted();
    }
}
