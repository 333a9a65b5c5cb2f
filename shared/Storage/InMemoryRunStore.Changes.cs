namespace PelNas.Shared.Storage;

public sealed partial class InMemoryRunStore
{
    /// <inheritdoc/>
    public Task<RunRow?> ChangeRunAsync(string runId, Func<RunRow?, RunRow?> change, CancellationToken cancellationToken)
    {
        Func<RunRow?, RunRow?> guarded = ChangeGuard.Of(runId, change);
        return Read(
            () =>
            {
                RunRow? stored = _runs.GetValueOrDefault(runId)?.Row;
                return guarded(stored) is { } changed ? Of(runId).Row = Copy(changed) : stored;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RoundRow?> ChangeRoundAsync(
        string runId, int partition, int generation, Func<RoundRow?, RoundRow?> change, CancellationToken cancellationToken)
    {
        Func<RoundRow?, RoundRow?> guarded = ChangeGuard.Of(runId, partition, generation, change);
        return Read(
            () =>
            {
                RoundRow? stored = _runs.GetValueOrDefault(runId)?.Rounds.GetValueOrDefault((partition, generation));
                return guarded(stored) is { } changed ? Of(runId).Rounds[(partition, generation)] = Copy(changed) : stored;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task AddDeviceTableAsync(DeviceTable table, CancellationToken cancellationToken)
    {
        RowGuard.Check(table);
        return Write(() => _deviceTables.Add(table), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> DeleteChatAnswersAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return Read(
            () =>
            {
                string[] old = [.. _chatAnswers.Where(pair => pair.Value.WrittenAt < before).OrderBy(pair => pair.Value.WrittenAt).Take(most).Select(pair => pair.Key)];
                return old.Count(_chatAnswers.Remove);
            },
            cancellationToken);
    }

    private static RunRow Copy(RunRow run) => run with
    {
        Partitions = [.. run.Partitions],
        StartedAt = run.StartedAt.ToUniversalTime(),
        FinishedAt = run.FinishedAt?.ToUniversalTime(),
    };

    private static RoundRow Copy(RoundRow round) => round with { Rejected = [.. round.Rejected] };
}
