using PelNas.Shared.Records;

namespace PelNas.Shared.Storage;

/// <summary>Checks what a change makes of a row before it is written: a row that every store takes, under the key it was read from.</summary>
internal static class ChangeGuard
{
    public static Func<RunRow?, RunRow?> Of(string runId, Func<RunRow?, RunRow?> change)
    {
        StoreGuard.RunId(runId);
        ArgumentNullException.ThrowIfNull(change);
        return stored => Checked(stored, change(stored), RowGuard.Check, run => run.RunId == runId);
    }

    public static Func<RoundRow?, RoundRow?> Of(string runId, int partition, int generation, Func<RoundRow?, RoundRow?> change)
    {
        StoreGuard.RunId(runId);
        ArgumentNullException.ThrowIfNull(change);
        return stored => Checked(stored, change(stored), RowGuard.Check, round => round.Partition == partition && round.Generation == generation);
    }

    public static Func<SweepRow?, SweepRow?> Of(string sweepId, Func<SweepRow?, SweepRow?> change)
    {
        StoreGuard.SweepId(sweepId);
        ArgumentNullException.ThrowIfNull(change);
        return stored => Checked(stored, change(stored), RowGuard.Check, sweep => sweep.SweepId == sweepId);
    }

    private static T? Checked<T>(T? stored, T? changed, Action<T> check, Func<T, bool> isSameKey)
        where T : class
    {
        // What is to stay as it is needs no write.
        if (changed is null || ReferenceEquals(changed, stored))
        {
            return null;
        }

        check(changed);
        return isSameKey(changed) ? changed : throw new ArgumentException("A change must not give a row another key.", nameof(changed));
    }
}
