using Microsoft.DurableTask.Client;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Common;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Schedules;

/// <summary>Starts sweeps, one at a time.</summary>
public sealed class SweepStarter(IRunStore store, SweepSlot slot, TimeProvider time)
{
    /// <summary>Starts the sweep of a night; when another one is running, records that it was skipped.</summary>
    /// <param name="client">The orchestrations.</param>
    /// <param name="request">What to search.</param>
    /// <param name="night">The night, UTC.</param>
    /// <param name="isLate">Whether the night was missed and the sweep makes up for it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<SweepStart> StartNightAsync(
        DurableTaskClient client, SweepRequest request, DateOnly night, bool isLate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        string sweepId = SweepIds.Nightly(night);
        if (await client.GetInstanceAsync(sweepId, cancellationToken) is not null)
        {
            return new SweepStart(sweepId, SweepStartResult.AlreadyStarted, sweepId);
        }

        if (await FindOtherAsync(client, sweepId, cancellationToken) is not { } active)
        {
            return await StartAsync(client, sweepId, new SweepInput(request, night, isLate), cancellationToken);
        }

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
        await store.ChangeSweepAsync(sweepId, stored => stored is { SkippedBecause: null } ? stored : skipped, cancellationToken);
        return new SweepStart(sweepId, SweepStartResult.Skipped, active);
    }

    /// <summary>The id of a sweep that is started now.</summary>
    public string NewId() => SweepIds.Started(time.GetUtcNow());

    /// <summary>Starts a sweep now, unless another one is running or this one was started before.</summary>
    /// <param name="client">The orchestrations.</param>
    /// <param name="sweepId">The sweep, <see cref="NewId"/>.</param>
    /// <param name="request">What to search.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<SweepStart> StartNowAsync(DurableTaskClient client, string sweepId, SweepRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        SweepRequest? started = await FindRequestAsync(client, sweepId, cancellationToken);
        if (started is null)
        {
            if (await FindOtherAsync(client, sweepId, cancellationToken) is { } active)
            {
                return new SweepStart(sweepId, SweepStartResult.Skipped, active);
            }

            SweepStart start = await StartAsync(client, sweepId, new SweepInput(request, Night: null, IsLate: false), cancellationToken);
            if (start.Result == SweepStartResult.Started)
            {
                return start;
            }

            started = await FindRequestAsync(client, sweepId, cancellationToken);
        }

        // Two that are asked for in the same second have the same id.
        bool isSame = started is not null && PelNasJson.Serialize(started) == PelNasJson.Serialize(request);
        return new SweepStart(sweepId, isSame ? SweepStartResult.AlreadyStarted : SweepStartResult.Skipped, sweepId);
    }

    private static async Task<SweepStart> StartAsync(DurableTaskClient client, string sweepId, SweepInput input, CancellationToken cancellationToken)
    {
        bool isStarted = await client.TryStartOnceAsync(nameof(SweepOrchestrator), sweepId, input, cancellationToken);
        return new SweepStart(sweepId, isStarted ? SweepStartResult.Started : SweepStartResult.AlreadyStarted, sweepId);
    }

    /// <summary>What a sweep was asked to do; null when there is none of that id.</summary>
    private async Task<SweepRequest?> FindRequestAsync(DurableTaskClient client, string sweepId, CancellationToken cancellationToken)
        => (await store.GetSweepAsync(sweepId, cancellationToken))?.Request
            ?? (await client.GetInstanceAsync(sweepId, getInputsAndOutputs: true, cancellationToken))?.ReadInputAs<SweepInput>()?.Request;

    /// <summary>The sweep that stands in the way of one; null when none does, and then this one has the place.</summary>
    private async Task<string?> FindOtherAsync(DurableTaskClient client, string sweepId, CancellationToken cancellationToken)
        => await FindActiveAsync(client, sweepId, cancellationToken) ?? await slot.TakeAsync(client, sweepId, cancellationToken);

    /// <summary>Another sweep that has not ended. The place alone would not know of one that was scheduled by other means.</summary>
    private static async Task<string?> FindActiveAsync(DurableTaskClient client, string sweepId, CancellationToken cancellationToken)
    {
        OrchestrationQuery query = new(
            Statuses: [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended],
            InstanceIdPrefix: SweepIds.Prefix);
        await foreach (OrchestrationMetadata instance in client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            if (instance.InstanceId != sweepId)
            {
                return instance.InstanceId;
            }
        }

        return null;
    }
}

/// <summary>What became of an attempt to start a sweep.</summary>
/// <param name="SweepId">The sweep that was to start.</param>
/// <param name="Result">Whether it did.</param>
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
