using PelNas.Shared.Storage.Sqlite;
using PelNas.Shared.Sweeps;

namespace PelNas.Shared.Storage;

/// <summary>
/// The run store in one SQLite file, used when no storage account is configured. Any number of threads may share an instance,
/// and several processes a file on a local disk. The file and its folder are created at the first use.
/// </summary>
/// <remarks>
/// Beside the arguments that the port refuses (<see cref="ArgumentException"/>, see <see cref="StoreGuard"/>), every method throws
/// <see cref="StoreException"/> when the file is damaged, locked, read-only, full, or of another program or version.
/// </remarks>
public sealed partial class SqliteRunStore : IRunStore, IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly TimeProvider _time;

    /// <summary>A store in the given file. Nothing is opened yet.</summary>
    /// <param name="file">Path of the file. Beside it SQLite keeps two more, <c>-wal</c> and <c>-shm</c>: copy all three or none.</param>
    /// <param name="busyTimeout">How long to wait for another process that is writing; 30 s unless given.</param>
    /// <param name="time">Clock that tells the age of stored answers; that of the system unless given.</param>
    public SqliteRunStore(string file, TimeSpan? busyTimeout = null, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        TimeSpan wait = busyTimeout ?? TimeSpan.FromSeconds(30);
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero, nameof(busyTimeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wait, TimeSpan.FromHours(1), nameof(busyTimeout));
        _database = new SqliteDatabase(file, wait);
#pragma warning disable RS0030 // The default of a parameter, for those who do not look at ages.
        _time = time ?? TimeProvider.System;
#pragma warning restore RS0030
    }

    /// <summary>Full path of the database file.</summary>
    public string File => _database.File;

    /// <inheritdoc/>
    public Task PutRunAsync(RunRow run, CancellationToken cancellationToken)
    {
        RowGuard.Check(run);
        string body = PelNasJson.Serialize(run);
        return _database.WriteAsync(connection => RunTable.Put(connection, run.RunId, body), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RunRow?> GetRunAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return _database.ReadAsync(connection => RunTable.Get(connection, runId), cancellationToken);
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
        return _database.WriteAsync(connection => RunTable.Delete(connection, runId), cancellationToken);
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

        return _database.WriteAsync(connection => CandidateTable.Merge(connection, runId, partition, candidates), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CandidateRow>> GetCandidatesAsync(string runId, int partition, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        StoreGuard.NotNegative(partition, nameof(partition));
        return await _database.ReadAsync(connection => CandidateTable.Get(connection, runId, partition), cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutRoundAsync(string runId, RoundRow round, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(round);
        string body = PelNasJson.Serialize(round);
        return _database.WriteAsync(connection => RoundTable.Put(connection, runId, round.Partition, round.Generation, body), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RoundRow?> GetRoundAsync(string runId, int partition, int generation, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return _database.ReadAsync(connection => RoundTable.Get(connection, runId, partition, generation), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RoundRow>> GetRoundsAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return await _database.ReadAsync(connection => RoundTable.GetAll(connection, runId), cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutHeuristicsAsync(string runId, HeuristicsRow heuristics, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(heuristics);
        string body = PelNasJson.Serialize(heuristics);
        return _database.WriteAsync(
            connection => HeuristicsTable.Put(connection, runId, heuristics.Partition, heuristics.Generation, body), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HeuristicsRow>> GetHeuristicsAsync(string runId, int partition, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return await _database.ReadAsync(connection => HeuristicsTable.Get(connection, runId, partition), cancellationToken);
    }

    /// <inheritdoc/>
    public Task PublishFrontAsync(string runId, Front front, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(front);
        string[] bodies = [.. front.Points.Select(PelNasJson.Serialize)];
        return _database.WriteAsync(connection => FrontTable.Publish(connection, runId, front.Version, bodies), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Front?> GetFrontAsync(string runId, int? version, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return _database.ReadAsync(connection => FrontTable.Get(connection, runId, version), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<int>> GetFrontVersionsAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return await _database.ReadAsync(connection => FrontTable.Versions(connection, runId), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string?> GetChatAnswerAsync(string promptHash, CancellationToken cancellationToken)
    {
        StoreGuard.PromptHash(promptHash);
        return _database.ReadAsync(connection => ChatAnswerTable.Get(connection, promptHash), cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutChatAnswerAsync(string promptHash, string answer, CancellationToken cancellationToken)
    {
        StoreGuard.PromptHash(promptHash);
        ArgumentNullException.ThrowIfNull(answer);
        StoreGuard.Text(answer, nameof(answer), StoreGuard.MaxAnswerLength);
        return _database.WriteAsync(connection => ChatAnswerTable.Put(connection, promptHash, answer, _time.GetUtcNow()), cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutSweepAsync(SweepRow sweep, CancellationToken cancellationToken)
    {
        RowGuard.Check(sweep);
        string body = PelNasJson.Serialize(sweep);
        return _database.WriteAsync(connection => SweepTable.Put(connection, sweep.SweepId, body), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SweepRow?> GetSweepAsync(string sweepId, CancellationToken cancellationToken)
    {
        StoreGuard.SweepId(sweepId);
        return _database.ReadAsync(connection => SweepTable.Get(connection, sweepId), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<SweepPage> ListSweepsAsync(int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        StoreGuard.PageSize(pageSize);
        string? last = continuation is null ? null : ListToken.Decode(continuation, SweepIds.IsValid);
        List<SweepRow> sweeps = await _database.ReadAsync(connection => SweepTable.List(connection, pageSize + 1, last), cancellationToken);
        return sweeps.Count > pageSize
            ? new SweepPage(sweeps[..pageSize], ListToken.Encode(sweeps[pageSize - 1].SweepId))
            : new SweepPage(sweeps, null);
    }

    /// <inheritdoc/>
    public Task PutWatchdogReportAsync(WatchdogReport report, CancellationToken cancellationToken)
    {
        RowGuard.Check(report);
        string body = PelNasJson.Serialize(report);
        return _database.WriteAsync(connection => WatchdogTable.Put(connection, body), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<WatchdogReport?> GetWatchdogReportAsync(CancellationToken cancellationToken) => _database.ReadAsync(WatchdogTable.Get, cancellationToken);

    /// <inheritdoc/>
    public async Task<string> ClaimAsync(string key, string value, CancellationToken cancellationToken)
    {
        StoreGuard.Key(key, nameof(key));
        ArgumentNullException.ThrowIfNull(value);
        StoreGuard.Text(value, nameof(value));
        string? inForce = null;
        await _database.WriteAsync(connection => inForce = ClaimTable.Claim(connection, key, value), cancellationToken);
        return inForce!;
    }

    /// <inheritdoc/>
    public Task PutDeviceTableAsync(DeviceTable table, CancellationToken cancellationToken)
    {
        RowGuard.Check(table);
        return _database.WriteAsync(connection => DeviceTableTable.Put(connection, table), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DeviceTable?> GetDeviceTableAsync(string device, string dataset, string? version, CancellationToken cancellationToken)
    {
        StoreGuard.Key(device, nameof(device));
        StoreGuard.Key(dataset, nameof(dataset));
        return _database.ReadAsync(connection => DeviceTableTable.Get(connection, device, dataset, version), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeviceTableInfo>> ListDeviceTablesAsync(CancellationToken cancellationToken)
        => await _database.ReadAsync(DeviceTableTable.List, cancellationToken);

    /// <summary>Closes the idle connections.</summary>
    public void Dispose() => _database.Dispose();

    private async Task<RunPage> ListRunsAsync(DateTimeOffset? before, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        StoreGuard.PageSize(pageSize);
        string? last = continuation is null ? null : ListToken.Decode(continuation, StoreGuard.IsRunId);
        List<RunRow> runs = await _database.ReadAsync(connection => RunTable.List(connection, pageSize + 1, last, before), cancellationToken);
        return runs.Count > pageSize
            ? new RunPage(runs[..pageSize], ListToken.Encode(runs[pageSize - 1].RunId))
            : new RunPage(runs, null);
    }
}
