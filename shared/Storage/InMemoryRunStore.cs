using PelNas.Shared.Runs;
using PelNas.Shared.Sweeps;

namespace PelNas.Shared.Storage;

/// <summary>
/// The run store in this process's memory, for searches of which only the outcome matters, such as those of a benchmark. Any number
/// of threads may share an instance. It refuses what every store refuses (<see cref="StoreGuard"/>) and throws nothing else.
/// </summary>
/// <param name="time">Clock that tells the age of stored answers; that of the system unless given.</param>
/// <remarks>Rows are immutable and their lists are copied on writing, so that what is read is what was written, times in UTC.</remarks>
public sealed partial class InMemoryRunStore(TimeProvider? time = null) : IRunStore
{
#pragma warning disable RS0030 // The default of a parameter, for those who do not look at ages.
    private readonly TimeProvider _time = time ?? TimeProvider.System;
#pragma warning restore RS0030
    private readonly Lock _lock = new();
    private readonly Dictionary<string, InMemoryRun> _runs = [];
    private readonly Dictionary<string, (string Answer, DateTimeOffset WrittenAt)> _chatAnswers = [];
    private readonly Dictionary<string, string> _claims = [];
    private readonly SortedDictionary<string, SweepRow> _sweeps = new(StringComparer.Ordinal);
    private readonly InMemoryDeviceTables _deviceTables = new();
    private WatchdogReport? _watchdogReport;

    /// <inheritdoc/>
    public Task PutRunAsync(RunRow run, CancellationToken cancellationToken)
    {
        RowGuard.Check(run);
        return Write(() => Of(run.RunId).Row = Copy(run), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RunRow?> GetRunAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return Read(() => _runs.GetValueOrDefault(runId)?.Row, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RunPage> ListRunsAsync(int pageSize, string? continuation, CancellationToken cancellationToken)
        => ListRunsAsync(_ => true, pageSize, continuation, cancellationToken);

    /// <inheritdoc/>
    public Task<RunPage> ListRunsBeforeAsync(DateTimeOffset before, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        string end = RunIds.StampBefore(before);
        return ListRunsAsync(runId => string.CompareOrdinal(runId[..end.Length], end) < 0, pageSize, continuation, cancellationToken);
    }

    /// <inheritdoc/>
    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return Write(() => _runs.Remove(runId), cancellationToken);
    }

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

        return Write(() => Of(runId).Merge(partition, candidates), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CandidateRow>> GetCandidatesAsync(string runId, int partition, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        StoreGuard.NotNegative(partition, nameof(partition));
        return Read(() => _runs.GetValueOrDefault(runId)?.Candidates(partition) ?? [], cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutRoundAsync(string runId, RoundRow round, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(round);
        return Write(() => Of(runId).Rounds[(round.Partition, round.Generation)] = Copy(round), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RoundRow?> GetRoundAsync(string runId, int partition, int generation, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return Read(() => _runs.GetValueOrDefault(runId)?.Rounds.GetValueOrDefault((partition, generation)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RoundRow>> GetRoundsAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return Read<IReadOnlyList<RoundRow>>(() => _runs.TryGetValue(runId, out InMemoryRun? run) ? [.. run.Rounds.Values] : [], cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutHeuristicsAsync(string runId, HeuristicsRow heuristics, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(heuristics);
        return Write(() => Of(runId).Heuristics[(heuristics.Partition, heuristics.Generation)] = heuristics with { Rules = [.. heuristics.Rules] }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HeuristicsRow>> GetHeuristicsAsync(string runId, int partition, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return Read<IReadOnlyList<HeuristicsRow>>(
            () => _runs.TryGetValue(runId, out InMemoryRun? run) ? [.. run.Heuristics.Values.Where(row => row.Partition == partition)] : [], cancellationToken);
    }

    /// <inheritdoc/>
    public Task PublishFrontAsync(string runId, Front front, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(front);
        return Write(() => Of(runId).Fronts[front.Version] = front with { Points = [.. front.Points] }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Front?> GetFrontAsync(string runId, int? version, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return Read(
            () => _runs.GetValueOrDefault(runId)?.Fronts is { Count: > 0 } fronts ? fronts.GetValueOrDefault(version ?? fronts.Keys.Last()) : null,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<int>> GetFrontVersionsAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return Read<IReadOnlyList<int>>(() => _runs.TryGetValue(runId, out InMemoryRun? run) ? [.. run.Fronts.Keys] : [], cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string?> GetChatAnswerAsync(string promptHash, CancellationToken cancellationToken)
    {
        StoreGuard.PromptHash(promptHash);
        return Read<string?>(() => _chatAnswers.GetValueOrDefault(promptHash).Answer, cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutChatAnswerAsync(string promptHash, string answer, CancellationToken cancellationToken)
    {
        StoreGuard.PromptHash(promptHash);
        ArgumentNullException.ThrowIfNull(answer);
        StoreGuard.Text(answer, nameof(answer), StoreGuard.MaxAnswerLength);
        return Write(() => _chatAnswers[promptHash] = (answer, _time.GetUtcNow()), cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutSweepAsync(SweepRow sweep, CancellationToken cancellationToken)
    {
        RowGuard.Check(sweep);
        SweepRow copy = sweep with
        {
            Searches = [.. sweep.Searches],
            Contexts = [.. sweep.Contexts],
            StartedAt = sweep.StartedAt.ToUniversalTime(),
            FinishedAt = sweep.FinishedAt?.ToUniversalTime(),
        };
        return Write(() => _sweeps[sweep.SweepId] = copy, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SweepRow?> GetSweepAsync(string sweepId, CancellationToken cancellationToken)
    {
        StoreGuard.SweepId(sweepId);
        return Read(() => _sweeps.GetValueOrDefault(sweepId), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SweepPage> ListSweepsAsync(int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        StoreGuard.PageSize(pageSize);
        string? last = continuation is null ? null : ListToken.Decode(continuation, SweepIds.IsValid);
        return Read(
            () =>
            {
                SweepRow[] rows =
                [
                    .. _sweeps.Values.Reverse().Where(row => last is null || string.CompareOrdinal(row.SweepId, last) < 0).Take(pageSize + 1),
                ];
                return rows.Length > pageSize ? new SweepPage(rows[..pageSize], ListToken.Encode(rows[pageSize - 1].SweepId)) : new SweepPage(rows, null);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutWatchdogReportAsync(WatchdogReport report, CancellationToken cancellationToken)
    {
        RowGuard.Check(report);
        return Write(() => _watchdogReport = report with { Stuck = [.. report.Stuck] }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<WatchdogReport?> GetWatchdogReportAsync(CancellationToken cancellationToken) => Read(() => _watchdogReport, cancellationToken);

    /// <inheritdoc/>
    public Task<string> ClaimAsync(string key, string value, CancellationToken cancellationToken)
    {
        StoreGuard.Key(key, nameof(key));
        ArgumentNullException.ThrowIfNull(value);
        StoreGuard.Text(value, nameof(value));
        return Read(() => _claims.TryAdd(key, value) ? value : _claims[key], cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutDeviceTableAsync(DeviceTable table, CancellationToken cancellationToken)
    {
        RowGuard.Check(table);
        return Write(() => _deviceTables.Put(table), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DeviceTable?> GetDeviceTableAsync(string device, string dataset, string? version, CancellationToken cancellationToken)
    {
        StoreGuard.Key(device, nameof(device));
        StoreGuard.Key(dataset, nameof(dataset));
        return Read(() => _deviceTables.Get(device, dataset, version), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeviceTableInfo>> ListDeviceTablesAsync(CancellationToken cancellationToken) => Read(_deviceTables.List, cancellationToken);

    private Task<RunPage> ListRunsAsync(Func<string, bool> isWanted, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        StoreGuard.PageSize(pageSize);
        string? last = continuation is null ? null : ListToken.Decode(continuation, StoreGuard.IsRunId);
        return Read(
            () =>
            {
                RunRow[] rows =
                [
                    .. _runs.Values.Select(run => run.Row).OfType<RunRow>()
                        .Where(row => isWanted(row.RunId) && (last is null || RunIds.CompareNewestFirst(row.RunId, last) > 0))
                        .Order(Comparer<RunRow>.Create((left, right) => RunIds.CompareNewestFirst(left.RunId, right.RunId)))
                        .Take(pageSize + 1),
                ];
                return rows.Length > pageSize ? new RunPage(rows[..pageSize], ListToken.Encode(rows[pageSize - 1].RunId)) : new RunPage(rows, null);
            },
            cancellationToken);
    }

    private InMemoryRun Of(string runId)
    {
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
