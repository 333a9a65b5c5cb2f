using System.Globalization;
using Microsoft.DurableTask.Client;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Schedules;

/// <summary>
/// The one place for a sweep that has not ended. It is a claim in the store, so that of several starts at the same time, on whatever
/// machine and under whatever ids, one gets it. Nobody gives it back: who wants it next sees that the sweep has ended.
/// </summary>
/// <param name="store">Where the place is claimed.</param>
/// <param name="time">The clock of the patience.</param>
public sealed class SweepSlot(IRunStore store, TimeProvider time)
{
    private const string Key = "active-sweep";

    /// <summary>How long a sweep that has the place may take to be there; whoever took it has stopped in between if it takes longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Takes the place for a sweep, also once more for the same one.</summary>
    /// <returns>Null when the sweep has the place now; otherwise the id of the sweep that has it.</returns>
    public async Task<string?> TakeAsync(DurableTaskClient client, string sweepId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        string mine = string.Create(CultureInfo.InvariantCulture, $"{sweepId} {time.GetUtcNow():O}");
        string inForce = await store.ClaimAsync(Key, mine, cancellationToken);
        while (inForce != mine)
        {
            string holder = inForce.Split(' ')[0];
            if (holder != sweepId && !await IsOverAsync(client, holder, inForce.Split(' ')[1], cancellationToken))
            {
                return holder;
            }

            inForce = await store.ReplaceClaimAsync(Key, inForce, mine, cancellationToken);
        }

        return null;
    }

    private async Task<bool> IsOverAsync(DurableTaskClient client, string sweepId, string takenAt, CancellationToken cancellationToken)
        => await client.GetInstanceAsync(sweepId, cancellationToken) is { } instance
            ? instance.IsCompleted
            : time.GetUtcNow() - DateTimeOffset.Parse(takenAt, CultureInfo.InvariantCulture) > Patience;
}
