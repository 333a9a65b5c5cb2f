using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Schedules;

/// <summary>Starts sweeps, one at a time (<see cref="ActiveSweepOrchestrator"/>).</summary>
public sealed class SweepStarter(SweepRepository sweeps, TimeProvider time)
{
    /// <summary>Starts the sweep of a night; when another one is running, records that it was skipped.</summary>
    /// <param name="request">What to search.</param>
    /// <param name="night">The night, UTC.</param>
    /// <param name="isLate">Whether the night was missed and the sweep makes up for it.</param>
    /// <returns>The sweep that stands in the way: null when this call started the night's, which is itself when that was earlier.</returns>
    public async Task<string?> StartNightAsync(
        DurableTaskClient client, SweepRequest request, DateOnly night, bool isLate, CancellationToken cancellationToken)
    {
        string sweepId = SweepIds.Nightly(night);
        string? active = await StartAsync(client, sweepId, new SweepInput(request, night, isLate), cancellationToken);
        if (active is not null && active != sweepId)
        {
            SweepRow skipped = new()
            {
                SweepId = sweepId,
                Request = request,
                Night = night,
                IsLate = isLate,
                StartedAt = time.GetUtcNow(),
                SkippedBecause = $"The sweep {active} had not ended.",
            };
            // The timer may fire twice: a sweep that was planned meanwhile was not skipped.
            await sweeps.ChangeAsync(sweepId, stored => stored is { SkippedBecause: null } ? stored : skipped, cancellationToken);
        }

        return active;
    }

    /// <summary>The id of a sweep that is started now.</summary>
    public string NewId() => SweepIds.Started(time.GetUtcNow());

    /// <summary>Starts a sweep now, unless one is running.</summary>
    /// <param name="sweepId">The sweep, <see cref="NewId"/>.</param>
    /// <param name="request">What to search.</param>
    /// <param name="isRepeatable">Whether the same request may have started it before.</param>
    /// <returns>The sweep that stands in the way, or null when this call started it, or the same request did.</returns>
    public async Task<string?> StartNowAsync(
        DurableTaskClient client, string sweepId, SweepRequest request, bool isRepeatable, CancellationToken cancellationToken)
    {
        string? active = await StartAsync(client, sweepId, new SweepInput(request, Night: null, IsLate: false), cancellationToken);

        // Two that are requested in the same second have the same id.
        return isRepeatable
            && active == sweepId
            && PelNasJson.Serialize(await FindRequestAsync(client, sweepId, cancellationToken))
                == PelNasJson.Serialize<SweepRequest?>(request)
            ? null
            : active;
    }

    private async Task<string?> StartAsync(
        DurableTaskClient client, string sweepId, SweepInput input, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindRequestAsync(client, sweepId, cancellationToken) is not null)
            {
                return sweepId;
            }

            if (await client.TryStartSweepAsync(new ActiveSweepInput(sweepId, input), cancellationToken))
            {
                return null;
            }

            if (await FindActiveAsync(client, cancellationToken) is { SweepId: var activeId } && activeId != sweepId)
            {
                return activeId;
            }

            // What was in the way has ended since, or is this sweep.
        }
    }

    /// <summary>What a sweep that was started, and not skipped, was asked to do; null when there is none of that id.</summary>
    private async Task<SweepRequest?> FindRequestAsync(DurableTaskClient client, string sweepId, CancellationToken cancellationToken)
    {
        if (await sweeps.GetAsync(sweepId, cancellationToken) is { SkippedBecause: null, Request: { } request })
        {
            return request;
        }

        // It is not planned yet, or its orchestration is not even there yet.
        SweepInput? input =
            (await client.GetInstanceAsync(sweepId, getInputsAndOutputs: true, cancellationToken))?.ReadInputAs<SweepInput>()
                ?? (await FindActiveAsync(client, cancellationToken) is { } active && active.SweepId == sweepId ? active.Sweep : null);
        return input?.Request;
    }

    /// <summary>The sweep that has not ended, or null.</summary>
    internal static async Task<ActiveSweepInput?> FindActiveAsync(DurableTaskClient client, CancellationToken cancellationToken)
        => await client.GetInstanceAsync(
            ActiveSweepOrchestrator.InstanceId, getInputsAndOutputs: true, cancellationToken) is { IsCompleted: false } active
            ? active.ReadInputAs<ActiveSweepInput>()
            : null;
}
