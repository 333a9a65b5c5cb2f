using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Schedules;

/// <summary>Starts sweeps, one at a time (<see cref="ActiveSweepOrchestrator"/>).</summary>
public sealed class SweepStarter(SweepRepository sweeps, TimeProvider time)
{
    /// <summary>Starts the sweep of a night; when another one is running, records that it was skipped.</summary>
    /// <param name="request">What to search.</param>
    /// <param name="night">The night, UTC.</param>
    /// <param name="isLate">Whether the night was missed and the sweep makes up for it.</param>
    public async Task<SweepStart> StartNightAsync(
        DurableTaskClient client, SweepRequest request, DateOnly night, bool isLate, CancellationToken cancellationToken)
    {
        string sweepId = SweepIds.Nightly(night);
        SweepStart start = await StartAsync(client, sweepId, new SweepInput(request, night, isLate), cancellationToken);
        if (start.Result == SweepStartResult.Skipped)
        {
            SweepRow skipped = new()
            {
                SweepId = sweepId,
                Request = request,
                Night = night,
                IsLate = isLate,
                StartedAt = time.GetUtcNow(),
                SkippedBecause = $"The sweep {start.ActiveId} had not ended.",
            };
            // The timer may fire twice: a sweep that was planned meanwhile was not skipped.
            await sweeps.ChangeAsync(sweepId, stored => stored is { SkippedBecause: null } ? stored : skipped, cancellationToken);
        }

        return start;
    }

    /// <summary>The id of a sweep that is started now.</summary>
    public string NewId() => SweepIds.Started(time.GetUtcNow());

    /// <summary>Starts a sweep now, unless another one is running or this one was started before.</summary>
    /// <param name="sweepId">The sweep, <see cref="NewId"/>.</param>
    /// <param name="request">What to search.</param>
    public async Task<SweepStart> StartNowAsync(
        DurableTaskClient client, string sweepId, SweepRequest request, CancellationToken cancellationToken)
    {
        SweepStart start = await StartAsync(client, sweepId, new SweepInput(request, Night: null, IsLate: false), cancellationToken);

        // Two that are requested in the same second have the same id.
        return start.Result == SweepStartResult.AlreadyStarted
            && PelNasJson.Serialize(
                await FindRequestAsync(client, sweepId, cancellationToken)) != PelNasJson.Serialize<SweepRequest?>(request)
            ? start with { Result = SweepStartResult.Skipped }
            : start;
    }

    private async Task<SweepStart> StartAsync(
        DurableTaskClient client, string sweepId, SweepInput input, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindRequestAsync(client, sweepId, cancellationToken) is not null)
            {
                return new SweepStart(sweepId, SweepStartResult.AlreadyStarted, sweepId);
            }

            if (await client.TryStartSweepAsync(new ActiveSweepInput(sweepId, input), cancellationToken))
            {
                return new SweepStart(sweepId, SweepStartResult.Started, sweepId);
            }

            if (await FindActiveAsync(client, cancellationToken) is { SweepId: var activeId } && activeId != sweepId)
            {
                return new SweepStart(sweepId, SweepStartResult.Skipped, activeId);
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

/// <summary>What became of an attempt to start a sweep.</summary>
/// <param name="SweepId">The sweep that was to start.</param>
/// <param name="ActiveId">The sweep that runs now, or stood in its way.</param>
public sealed record SweepStart(string SweepId, SweepStartResult Result, string ActiveId);

/// <summary>Whether a sweep was started.</summary>
public enum SweepStartResult
{
    /// <summary>It was.</summary>
    Started,

    /// <summary>Another one has not ended.</summary>
    Skipped,

    /// <summary>It was started earlier: the schedule may fire twice, and a request may be sent again.</summary>
    AlreadyStarted,
}
