using PelNas.Shared.Records;


namespace PelNas.Shared.Storage;

/// <summary>
/// The run store in this process's memory, for searches of which only the outcome matters, such as those of a benchmark. Any number
/// of threads may share an instance. It throws what every store does (<see cref="StoreGuard"/>, <see cref="RunDeletedException"/>) and nothing else.
/// </summary>
/// <param name="time">Clock that tells the age of stored answers; that of the system unless given.</param>
/// <remarks>Rows are immutable and their lists are copied on writing, so that what is read is what was written, times in UTC.</remarks>
public sealed partial class InMemoryRunStore(TimeProvider? time = null) : RunStore
{
#pragma warning disable RS0030 // The default of a parameter, for those who do not look at ages.
    private readonly TimeProvider _time = time ?? TimeProvider.System;
#pragma warning restore RS0030
    private readonly Lock _lock = new();
    private readonly Dictionary<string, InMemoryRun> _runs = [];
    private readonly Dictionary<string, DateTimeOffset> _tombstones = [];
    private readonly Dictionary<string, (string Answer, DateTimeOffset WrittenAt)> _chatAnswers = [];
    private readonly Dictionary<string, (string Value, DateTimeOffset WrittenAt)> _claims = [];
    private readonly SortedDictionary<string, SweepRow> _sweeps = new(StringComparer.Ordinal);
    private readonly InMemoryDeviceTables _deviceTables = new();
    private WatchdogReport? _watchdogReport;

    private protected override Task PutRunCoreAsync(RunRow run, CancellationToken cancellationToken)
        => Write(() => Of(run.RunId).Row = Copy(run), cancellationToken);

    private protected override Task<RunRow?> GetRunCoreAsync(string runId, CancellationToken cancellationToken)
        => Read(() => _runs.GetValueOrDefault(runId)?.Row, cancellationToken);

    private protected override Task<List<RunRow>> ListRunsCoreAsync(int count, string? last, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        string? end = before is { } time ? RunIds.StampBefore(time) : null;
        return Read<List<RunRow>>(
            () =>
            [
                .. _runs.Values.Select(run => run.Row).OfType<RunRow>()
                    .Where(row => end is null || string.CompareOrdinal(row.RunId[..end.Length], end) < 0)
                    .Where(row => last is null || RunIds.CompareNewestFirst(row.RunId, last) > 0)
                    .Order(Comparer<RunRow>.Create((left, right) => RunIds.CompareNewestFirst(left.RunId, right.RunId)))
                    .Take(count),
            ],
            cancellationToken);
    }

    private protected override Task DeleteRunCoreAsync(string runId, CancellationToken cancellationToken)
        => Write(
            () =>
            {
                _tombstones[runId] = _time.GetUtcNow();
                _runs.Remove(runId);
            },
            cancellationToken);

    private protected override Task ReopenRunCoreAsync(string runId, CancellationToken cancellationToken)
        => Write(() => _tombstones.Remove(runId), cancellationToken);

    private protected override Task<int> DeleteTombstonesCoreAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
        => Read(
            () => _tombstones.Where(pair => pair.Value < before).OrderBy(pair => pair.Value).Take(most).Select(pair => pair.Key).ToArray().Count(_tombstones.Remove),
            cancellationToken);

    private protected override Task MergeCandidatesCoreAsync(string runId, int partition, IReadOnlyCollection<CandidateRow> candidates, CancellationToken cancellationToken)
        => Write(() => Of(runId).Merge(partition, candidates), cancellationToken);

    private protected override Task<IReadOnlyList<CandidateRow>> GetCandidatesCoreAsync(string runId, int partition, CancellationToken cancellationToken)
        => Read(() => _runs.GetValueOrDefault(runId)?.Candidates(partition) ?? [], cancellationToken);

    private protected override Task PutRoundCoreAsync(string runId, RoundRow round, CancellationToken cancellationToken)
        => Write(() => Of(runId).Rounds[(round.Partition, round.Generation)] = Copy(round), cancellationToken);

    private protected override Task<RoundRow?> GetRoundCoreAsync(string runId, int partition, int generation, CancellationToken cancellationToken)
        => Read(() => _runs.GetValueOrDefault(runId)?.Rounds.GetValueOrDefault((partition, generation)), cancellationToken);

    private protected override Task<IReadOnlyList<RoundRow>> GetRoundsCoreAsync(string runId, CancellationToken cancellationToken)
        => Read<IReadOnlyList<RoundRow>>(() => _runs.TryGetValue(runId, out InMemoryRun? run) ? [.. run.Rounds.Values] : [], cancellationToken);

    private protected override Task PutHeuristicsCoreAsync(string runId, HeuristicsRow heuristics, CancellationToken cancellationToken)
        => Write(() => Of(runId).Heuristics[(heuristics.Partition, heuristics.Generation)] = heuristics with { Rules = [.. heuristics.Rules] }, cancellationToken);

    private protected override Task<IReadOnlyList<HeuristicsRow>> GetHeuristicsCoreAsync(string runId, int partition, CancellationToken cancellationToken)
        => Read<IReadOnlyList<HeuristicsRow>>(
            () => _runs.TryGetValue(runId, out InMemoryRun? run) ? [.. run.Heuristics.Values.Where(row => row.Partition == partition)] : [], cancellationToken);

    private protected override Task PutPriorCoreAsync(string runId, PriorRow prior, CancellationToken cancellationToken)
        => Write(() => Of(runId).Prior = prior, cancellationToken);

    private protected override Task<PriorRow?> GetPriorCoreAsync(string runId, CancellationToken cancellationToken)
        => Read(() => _runs.GetValueOrDefault(runId)?.Prior, cancellationToken);

    private protected override Task PublishFrontCoreAsync(string runId, Front front, CancellationToken cancellationToken)
        => Write(() => Of(runId).Fronts[front.Version] = front with { Points = [.. front.Points] }, cancellationToken);

    private protected override Task<Front?> GetFrontCoreAsync(string runId, int? version, CancellationToken cancellationToken)
        => Read(
            () => _runs.GetValueOrDefault(runId)?.Fronts is { Count: > 0 } fronts ? fronts.GetValueOrDefault(version ?? fronts.Keys.Last()) : null,
            cancellationToken);

    private protected override Task<IReadOnlyList<int>> GetFrontVersionsCoreAsync(string runId, CancellationToken cancellationToken)
        => Read<IReadOnlyList<int>>(() => _runs.TryGetValue(runId, out InMemoryRun? run) ? [.. run.Fronts.Keys] : [], cancellationToken);

    private protected override Task<string?> GetChatAnswerCoreAsync(string promptHash, CancellationToken cancellationToken)
        => Read<string?>(() => _chatAnswers.GetValueOrDefault(promptHash).Answer, cancellationToken);

    private protected override Task PutChatAnswerCoreAsync(string promptHash, string answer, CancellationToken cancellationToken)
        => Write(() => _chatAnswers[promptHash] = (answer, _time.GetUtcNow()), cancellationToken);

    private protected override Task PutSweepCoreAsync(SweepRow sweep, CancellationToken cancellationToken)
        => Write(() => _sweeps[sweep.SweepId] = Copy(sweep), cancellationToken);

    private protected override Task<SweepRow?> GetSweepCoreAsync(string sweepId, CancellationToken cancellationToken)
        => Read(() => _sweeps.GetValueOrDefault(sweepId), cancellationToken);

    private protected override Task<List<SweepRow>> ListSweepsCoreAsync(int count, string? last, CancellationToken cancellationToken)
        => Read<List<SweepRow>>(
            () => [.. _sweeps.Values.Reverse().Where(row => last is null || string.CompareOrdinal(row.SweepId, last) < 0).Take(count)], cancellationToken);

    private protected override Task PutWatchdogReportCoreAsync(WatchdogReport report, CancellationToken cancellationToken)
        => Write(() => _watchdogReport = report with { Stuck = [.. report.Stuck] }, cancellationToken);

    private protected override Task<WatchdogReport?> GetWatchdogReportCoreAsync(CancellationToken cancellationToken) => Read(() => _watchdogReport, cancellationToken);

    private protected override Task<string> ClaimCoreAsync(string key, string value, CancellationToken cancellationToken)
        => Read(() => _claims.TryAdd(key, (value, _time.GetUtcNow())) ? value : _claims[key].Value, cancellationToken);

    private protected override Task PutDeviceTableCoreAsync(DeviceTable table, CancellationToken cancellationToken)
        => Write(() => _deviceTables.Put(table, _time.GetUtcNow()), cancellationToken);

    private protected override Task<DeviceTable?> GetDeviceTableCoreAsync(string device, string dataset, string? version, CancellationToken cancellationToken)
        => Read(() => _deviceTables.Get(device, dataset, version), cancellationToken);

    private protected override Task<IReadOnlyList<DeviceTableInfo>> ListDeviceTablesCoreAsync(CancellationToken cancellationToken) => Read(_deviceTables.List, cancellationToken);

    /// <summary>A run that is about to be written to.</summary>
    private InMemoryRun Of(string runId)
    {
        if (_tombstones.ContainsKey(runId))
        {
            throw new RunDeletedException(runId);
        }

        if (!_runs.TryGetValue(runId, out InMemoryRun? run))
        {
            _runs[runId] = run = new InMemoryRun();
        }

        return run;
    }

    private Task<T> Read<T>(Func<T> read, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        lock (_lock)
        {
            return Task.FromResult(read());
        }
    }

    private Task<bool> Write(Action write, CancellationToken cancellationToken) => Read(
        () =>
        {
            write();
            return true;
        },
        cancellationToken);
}
