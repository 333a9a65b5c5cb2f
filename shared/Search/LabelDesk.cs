using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Search;

/// <summary>Where labels that a search asks its user for are handed out and told.</summary>
public sealed class LabelDesk(LabelRepository labels, TimeProvider time)
{
    private const int MaxReason = 400;

    /// <summary>The same for latencies of fronts.</summary>
    public LabelDesk OfLatencies => new(labels.OfLatencies, time);

    /// <summary>Labels that a run has asked for, the earliest first.</summary>
    public async Task<IReadOnlyList<LabelRow>> ListAsync(string runId, CancellationToken cancellationToken)
        => [.. (await labels.ListAsync(runId, cancellationToken)).OrderBy(label => label.AskedAt).ThenBy(label => label.Index)];

    /// <summary>One of <see cref="LabelStates"/>.</summary>
    public string StateOf(LabelRow label)
        => label.Failure is not null ? LabelStates.Failed
            : label.IsTold() ? LabelStates.Told
            : label.ClaimedUntil > time.GetUtcNow() ? LabelStates.Claimed
            : LabelStates.Open;

    /// <summary>Hands out open labels: until the time is over nobody else is given them.</summary>
    /// <param name="client">Who asks. A client that asks again is given what it has claimed before and not told.</param>
    /// <param name="count">Most labels.</param>
    /// <param name="duration">How long they are the client's.</param>
    public async Task<IReadOnlyList<LabelRow>> ClaimAsync(
        string runId, string client, int count, TimeSpan duration, CancellationToken cancellationToken)
    {
        List<LabelRow> claimed = [];
        DateTimeOffset now = time.GetUtcNow();
        foreach (LabelRow label in await ListAsync(runId, cancellationToken))
        {
            if (claimed.Count == count)
            {
                break;
            }

            if (IsFree(label) && await labels.ChangeAsync(
                runId, label.Index, stored => IsFree(stored) ? stored with { ClaimedBy = client, ClaimedUntil = now + duration } : null,
                cancellationToken)
                is { } changed && changed.ClaimedBy == client && !changed.IsTold())
            {
                claimed.Add(changed);
            }
        }

        return claimed;

        bool IsFree(LabelRow label) => !label.IsTold() && (label.ClaimedBy == client || !(label.ClaimedUntil > now));
    }

    /// <summary>Takes a label. The first one stands.</summary>
    /// <param name="index">The architecture.</param>
    /// <returns>What stands there then, and whether it is what was told; null when the label was never requested.</returns>
    public async Task<(LabelRow Label, bool IsSame)?> TellAsync(
        string runId, int index, LabelAnswer answer, CancellationToken cancellationToken)
    {
        string? failure = answer.Failed ? UntrustedText.Line(answer.Reason ?? "no reason was given", MaxReason) : null;
        DateTimeOffset now = time.GetUtcNow();
        LabelRow? told = await labels.ChangeAsync(
            runId,
            index,
            stored => stored.IsTold()
                ? null
                : stored with
                {
                    Accuracy = answer.Accuracy,
                    LatencyMs = answer.LatencyMs,
                    Failure = failure,
                    ToldAt = now,
                    Seconds = answer.Seconds,
                },
            cancellationToken);
        return told is null
            ? null
            : (told, told.Accuracy == answer.Accuracy && told.LatencyMs == answer.LatencyMs && told.Failure is null == failure is null);
    }

    /// <summary>
    /// Takes a failure back, so that the label is open again. Only while the search waits for another label of the batch: after that it
    /// has continued without this one.
    /// </summary>
    /// <returns>What stands there then, and whether it is open; null when the label was never requested.</returns>
    public async Task<(LabelRow Label, bool IsOpen)?> ReopenAsync(string runId, int index, CancellationToken cancellationToken)
    {
        IReadOnlyList<LabelRow> all = await ListAsync(runId, cancellationToken);
        if (all.FirstOrDefault(label => label.Index == index) is not { } failed)
        {
            return null;
        }

        // The next batch is requested when all of this one are told.
        bool isInHand = all.Any(label => !label.IsTold()) && all.All(label => !(label.AskedAt > failed.ToldAt));
        LabelRow? changed = isInHand
            ? await labels.ChangeAsync(
                runId,
                index,
                stored => stored.Failure is null
                    ? null
                    : stored with { Failure = null, ToldAt = null, Seconds = null, ClaimedBy = null, ClaimedUntil = null },
                cancellationToken)
            : failed;
        return changed is null ? null : (changed, !changed.IsTold());
    }
}

/// <summary>What a label's state is called.</summary>
public static class LabelStates
{
    /// <summary>Asked for, and nobody gets it.</summary>
    public const string Open = "open";

    /// <summary>Somebody gets it.</summary>
    public const string Claimed = "claimed";

    /// <summary>Its accuracy is known.</summary>
    public const string Told = "told";

    /// <summary>It will not be known.</summary>
    public const string Failed = "failed";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Open, Claimed, Told, Failed];
}

/// <summary>A label as it is told.</summary>
/// <param name="Accuracy">Accuracy, percent; null where it failed.</param>
/// <param name="Failed">Whether it failed: it counts as paid for, and is not requested again.</param>
/// <param name="Reason">Why it failed. Untrusted text.</param>
/// <param name="Seconds">Seconds that it took, where that is known.</param>
/// <param name="LatencyMs">Latency, ms, where the search is told it with the label.</param>
public sealed record LabelAnswer(
    double? Accuracy = null, bool Failed = false, string? Reason = null, double? Seconds = null, double? LatencyMs = null)
{
    /// <summary>All that is wrong with it.</summary>
    /// <param name="request">The search that it is told.</param>
    public IReadOnlyList<FieldError> Check(SearchRequest request) => this switch
    {
        { Failed: true, LatencyMs: not null } => [new("latencyMs", "cannot be given with failed; leave one of them out")],
        { Failed: false, LatencyMs: null } when request.IsLatencyTold() =>
            [new("latencyMs", "is missing; this search is told the latency with each label: give a number over 0, milliseconds")],
        { LatencyMs: { } latencyMs } when !(latencyMs > 0 && double.IsFinite(latencyMs)) =>
            [new("latencyMs", $"{latencyMs} is not allowed; give a number over 0, milliseconds")],
        { LatencyMs: not null } when !request.IsLatencyTold() =>
            [new("latencyMs", $"is for searches with the device '{CountedDevices.Told}'; leave it out")],
        { Failed: true, Accuracy: not null } => [new("accuracy", "cannot be given with failed; leave one of them out")],
        { Failed: false, Accuracy: null } => [new("accuracy", "is missing; give a number from 0 to 100, or failed: true with a reason")],
        { Accuracy: { } accuracy } when !(accuracy is >= 0 and <= 100) =>
            [new("accuracy", $"{accuracy} is not allowed; give a number from 0 to 100, percent")],
        { Seconds: { } seconds } when !(seconds >= 0 && double.IsFinite(seconds)) =>
            [new("seconds", $"{seconds} is not allowed; give a number of 0 or more")],
        _ => [],
    };
}
