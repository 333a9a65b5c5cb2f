using PelNas.Shared.Records;

namespace PelNas.Shared.Storage;

public sealed partial class InMemoryRunStore
{
    private protected override Task<RunRow?> ChangeRunCoreAsync(string runId, Func<RunRow?, RunRow?> change, CancellationToken cancellationToken)
        => Read(
            () =>
            {
                InMemoryRun run = Of(runId);
                return change(run.Row) is { } changed ? run.Row = Copy(changed) : run.Row;
            },
            cancellationToken);

    private protected override Task<RoundRow?> ChangeRoundCoreAsync(
        string runId, int partition, int generation, Func<RoundRow?, RoundRow?> change, CancellationToken cancellationToken)
        => Read(
            () =>
            {
                InMemoryRun run = Of(runId);
                RoundRow? stored = run.Rounds.GetValueOrDefault((partition, generation));
                return change(stored) is { } changed ? run.Rounds[(partition, generation)] = Copy(changed) : stored;
            },
            cancellationToken);

    private protected override Task<SweepRow?> ChangeSweepCoreAsync(string sweepId, Func<SweepRow?, SweepRow?> change, CancellationToken cancellationToken)
        => Read(
            () =>
            {
                SweepRow? stored = _sweeps.GetValueOrDefault(sweepId);
                return change(stored) is { } changed ? _sweeps[sweepId] = Copy(changed) : stored;
            },
            cancellationToken);

    private protected override Task AddDeviceTableCoreAsync(DeviceTable table, CancellationToken cancellationToken)
        => Write(() => _deviceTables.Add(table, _time.GetUtcNow()), cancellationToken);

    private protected override Task<int> DeleteDeviceTablesCoreAsync(
        DateTimeOffset before, IReadOnlySet<DeviceTableVersion> used, int most, CancellationToken cancellationToken)
        => Read(() => _deviceTables.Delete(before, used, most), cancellationToken);

    private protected override Task<int> DeleteChatAnswersCoreAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
        => Read(
            () =>
            {
                string[] old = [.. _chatAnswers.Where(pair => pair.Value.WrittenAt < before).OrderBy(pair => pair.Value.WrittenAt).Take(most).Select(pair => pair.Key)];
                return old.Count(_chatAnswers.Remove);
            },
            cancellationToken);

    private static RunRow Copy(RunRow run) => run with
    {
        Partitions = [.. run.Partitions],
        StartedAt = run.StartedAt.ToUniversalTime(),
        FinishedAt = run.FinishedAt?.ToUniversalTime(),
    };

    private static SweepRow Copy(SweepRow sweep) => sweep with
    {
        Searches = [.. sweep.Searches],
        Contexts = [.. sweep.Contexts],
        StartedAt = sweep.StartedAt.ToUniversalTime(),
        FinishedAt = sweep.FinishedAt?.ToUniversalTime(),
    };

    private static RoundRow Copy(RoundRow round) => round with { Rejected = [.. round.Rejected] };
}
