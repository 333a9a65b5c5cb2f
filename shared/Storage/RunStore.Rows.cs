using PelNas.Shared.Records;

namespace PelNas.Shared.Storage;

// What a run consists of.
public abstract partial class RunStore
{
    /// <inheritdoc/>
    public Task MergeCandidatesAsync(string runId, int partition, IReadOnlyCollection<CandidateRow> candidates, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        StoreGuard.NotNegative(partition, nameof(partition));
        ArgumentNullException.ThrowIfNull(candidates);
        foreach (CandidateRow candidate in candidates)
        {
            RowGuard.Check(candidate);
        }

        return MergeCandidatesCoreAsync(runId, partition, candidates, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CandidateRow>> GetCandidatesAsync(string runId, int partition, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        StoreGuard.NotNegative(partition, nameof(partition));
        return GetCandidatesCoreAsync(runId, partition, cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutRoundAsync(string runId, RoundRow round, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(round);
        return PutRoundCoreAsync(runId, round, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RoundRow?> ChangeRoundAsync(
        string runId, int partition, int generation, Func<RoundRow?, RoundRow?> change, CancellationToken cancellationToken)
        => ChangeRoundCoreAsync(runId, partition, generation, ChangeGuard.Of(runId, partition, generation, change), cancellationToken);

    /// <inheritdoc/>
    public Task<RoundRow?> GetRoundAsync(string runId, int partition, int generation, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return GetRoundCoreAsync(runId, partition, generation, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RoundRow>> GetRoundsAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return GetRoundsCoreAsync(runId, cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutHeuristicsAsync(string runId, HeuristicsRow heuristics, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(heuristics);
        return PutHeuristicsCoreAsync(runId, heuristics, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HeuristicsRow>> GetHeuristicsAsync(string runId, int partition, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return GetHeuristicsCoreAsync(runId, partition, cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutPriorAsync(string runId, PriorRow prior, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(prior);
        return PutPriorCoreAsync(runId, prior, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<PriorRow?> GetPriorAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return GetPriorCoreAsync(runId, cancellationToken);
    }

    /// <inheritdoc/>
    public Task PublishFrontAsync(string runId, Front front, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(front);
        return PublishFrontCoreAsync(runId, front, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Front?> GetFrontAsync(string runId, int? version, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return GetFrontCoreAsync(runId, version, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<int>> GetFrontVersionsAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return GetFrontVersionsCoreAsync(runId, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<(BudgetRow Row, string? Version)> GetBudgetAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return GetBudgetCoreAsync(runId, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> TryPutBudgetAsync(string runId, BudgetRow row, string? version, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(row);
        return TryPutBudgetCoreAsync(runId, row, version, cancellationToken);
    }

    private protected abstract Task MergeCandidatesCoreAsync(
        string runId, int partition, IReadOnlyCollection<CandidateRow> candidates, CancellationToken cancellationToken);

    private protected abstract Task<IReadOnlyList<CandidateRow>> GetCandidatesCoreAsync(string runId, int partition, CancellationToken cancellationToken);

    private protected abstract Task PutRoundCoreAsync(string runId, RoundRow round, CancellationToken cancellationToken);

    private protected abstract Task<RoundRow?> ChangeRoundCoreAsync(
        string runId, int partition, int generation, Func<RoundRow?, RoundRow?> change, CancellationToken cancellationToken);

    private protected abstract Task<RoundRow?> GetRoundCoreAsync(string runId, int partition, int generation, CancellationToken cancellationToken);

    private protected abstract Task<IReadOnlyList<RoundRow>> GetRoundsCoreAsync(string runId, CancellationToken cancellationToken);

    private protected abstract Task PutHeuristicsCoreAsync(string runId, HeuristicsRow heuristics, CancellationToken cancellationToken);

    private protected abstract Task<IReadOnlyList<HeuristicsRow>> GetHeuristicsCoreAsync(string runId, int partition, CancellationToken cancellationToken);

    private protected abstract Task PutPriorCoreAsync(string runId, PriorRow prior, CancellationToken cancellationToken);

    private protected abstract Task<PriorRow?> GetPriorCoreAsync(string runId, CancellationToken cancellationToken);

    private protected abstract Task PublishFrontCoreAsync(string runId, Front front, CancellationToken cancellationToken);

    private protected abstract Task<Front?> GetFrontCoreAsync(string runId, int? version, CancellationToken cancellationToken);

    private protected abstract Task<IReadOnlyList<int>> GetFrontVersionsCoreAsync(string runId, CancellationToken cancellationToken);

    private protected abstract Task<(BudgetRow Row, string? Version)> GetBudgetCoreAsync(string runId, CancellationToken cancellationToken);

    private protected abstract Task<bool> TryPutBudgetCoreAsync(string runId, BudgetRow row, string? version, CancellationToken cancellationToken);
}
