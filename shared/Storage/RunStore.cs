using PelNas.Shared.Records;


namespace PelNas.Shared.Storage;

/// <summary>
/// What all stores have in common: the arguments that each of them refuses, and the pages of lists. A store derives from it and does the
/// reading and writing alone, of arguments that were checked; what only its own service refuses it checks itself.
/// </summary>
public abstract partial class RunStore : IRunStore
{
    private protected RunStore()
    {
    }

    /// <inheritdoc/>
    public Task PutRunAsync(RunRow run, CancellationToken cancellationToken)
    {
        RowGuard.Check(run);
        return PutRunCoreAsync(run, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RunRow?> ChangeRunAsync(string runId, Func<RunRow?, RunRow?> change, CancellationToken cancellationToken)
        => ChangeRunCoreAsync(runId, ChangeGuard.Of(runId, change), cancellationToken);

    /// <inheritdoc/>
    public Task<RunRow?> GetRunAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return GetRunCoreAsync(runId, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RunPage> ListRunsAsync(int pageSize, string? continuation, CancellationToken cancellationToken)
        => ListRunsAsync(before: null, pageSize, continuation, cancellationToken);

    /// <inheritdoc/>
    public Task<RunPage> ListRunsBeforeAsync(DateTimeOffset before, int pageSize, string? continuation, CancellationToken cancellationToken)
        => ListRunsAsync(before, pageSize, continuation, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return DeleteRunCoreAsync(runId, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReopenRunAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return ReopenRunCoreAsync(runId, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> DeleteTombstonesAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return DeleteTombstonesCoreAsync(before, most, cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutSweepAsync(SweepRow sweep, CancellationToken cancellationToken)
    {
        RowGuard.Check(sweep);
        return PutSweepCoreAsync(sweep, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SweepRow?> ChangeSweepAsync(string sweepId, Func<SweepRow?, SweepRow?> change, CancellationToken cancellationToken)
        => ChangeSweepCoreAsync(sweepId, ChangeGuard.Of(sweepId, change), cancellationToken);

    /// <inheritdoc/>
    public Task<SweepRow?> GetSweepAsync(string sweepId, CancellationToken cancellationToken)
    {
        StoreGuard.SweepId(sweepId);
        return GetSweepCoreAsync(sweepId, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<SweepPage> ListSweepsAsync(int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        StoreGuard.PageSize(pageSize);
        string? last = continuation is null ? null : ListToken.Decode(continuation, SweepIds.IsValid);
        (List<SweepRow> sweeps, string? next) = Page(await ListSweepsCoreAsync(pageSize + 1, last, cancellationToken), pageSize, sweep => sweep.SweepId);
        return new SweepPage(sweeps, next);
    }

    private protected abstract Task PutRunCoreAsync(RunRow run, CancellationToken cancellationToken);

    private protected abstract Task<RunRow?> ChangeRunCoreAsync(string runId, Func<RunRow?, RunRow?> change, CancellationToken cancellationToken);

    private protected abstract Task<RunRow?> GetRunCoreAsync(string runId, CancellationToken cancellationToken);

    /// <summary>So many runs, newest first, after <paramref name="last"/> and started before <paramref name="before"/>, where these are given.</summary>
    private protected abstract Task<List<RunRow>> ListRunsCoreAsync(int count, string? last, DateTimeOffset? before, CancellationToken cancellationToken);

    private protected abstract Task DeleteRunCoreAsync(string runId, CancellationToken cancellationToken);

    private protected abstract Task ReopenRunCoreAsync(string runId, CancellationToken cancellationToken);

    private protected abstract Task<int> DeleteTombstonesCoreAsync(DateTimeOffset before, int most, CancellationToken cancellationToken);

    private protected abstract Task PutSweepCoreAsync(SweepRow sweep, CancellationToken cancellationToken);

    private protected abstract Task<SweepRow?> ChangeSweepCoreAsync(string sweepId, Func<SweepRow?, SweepRow?> change, CancellationToken cancellationToken);

    private protected abstract Task<SweepRow?> GetSweepCoreAsync(string sweepId, CancellationToken cancellationToken);

    /// <summary>So many sweeps, the latest date first, after <paramref name="last"/> where it is given.</summary>
    private protected abstract Task<List<SweepRow>> ListSweepsCoreAsync(int count, string? last, CancellationToken cancellationToken);

    private async Task<RunPage> ListRunsAsync(DateTimeOffset? before, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        StoreGuard.PageSize(pageSize);
        string? last = continuation is null ? null : ListToken.Decode(continuation, StoreGuard.IsRunId);
        (List<RunRow> runs, string? next) = Page(await ListRunsCoreAsync(pageSize + 1, last, before, cancellationToken), pageSize, run => run.RunId);
        return new RunPage(runs, next);
    }

    /// <summary>The page and the token of the next one: a row more than the page holds tells that another one follows.</summary>
    private static (List<T> Rows, string? Continuation) Page<T>(List<T> rows, int pageSize, Func<T, string> id)
        => rows.Count > pageSize ? (rows[..pageSize], ListToken.Encode(id(rows[pageSize - 1]))) : (rows, null);
}
