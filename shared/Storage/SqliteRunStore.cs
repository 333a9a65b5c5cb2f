using Microsoft.Data.Sqlite;
using PelNas.Shared.Common;
using PelNas.Shared.Records;
using PelNas.Shared.Storage.Sqlite;

namespace PelNas.Shared.Storage;

/// <summary>
/// The run store in one SQLite file, used when no storage account is configured. Any number of threads may share an instance,
/// and several processes a file on a local disk. The file and its folder are created at the first use.
/// </summary>
/// <remarks>
/// Beside the arguments that the port refuses (<see cref="ArgumentException"/>, see <see cref="StoreGuard"/>), every method throws
/// <see cref="StoreException"/> when the file is damaged, locked, read-only, full, or of another program or version.
/// </remarks>
public sealed partial class SqliteRunStore : RunStore, IDisposable
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

    private protected override Task PutRunCoreAsync(RunRow run, CancellationToken cancellationToken)
    {
        string body = PelNasJson.Serialize(run);
        return WriteToAsync(run.RunId, connection => RunTable.Put(connection, run.RunId, body), cancellationToken);
    }

    private protected override Task<RunRow?> GetRunCoreAsync(string runId, CancellationToken cancellationToken)
        => _database.ReadAsync(connection => RunTable.Get(connection, runId), cancellationToken);

    private protected override Task<List<RunRow>> ListRunsCoreAsync(int count, string? last, DateTimeOffset? before, CancellationToken cancellationToken)
        => _database.ReadAsync(connection => RunTable.List(connection, count, last, before), cancellationToken);

    private protected override Task DeleteRunCoreAsync(string runId, CancellationToken cancellationToken)
        => _database.WriteAsync(connection => RunTable.Delete(connection, runId, _time.GetUtcNow()), cancellationToken);

    private protected override Task ReopenRunCoreAsync(string runId, CancellationToken cancellationToken)
        => _database.WriteAsync(connection => TombstoneTable.Remove(connection, runId), cancellationToken);

    private protected override Task<int> DeleteTombstonesCoreAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
        => _database.WriteAsync(connection => TombstoneTable.Delete(connection, before, most), cancellationToken);

    private protected override Task MergeCandidatesCoreAsync(string runId, int partition, IReadOnlyCollection<CandidateRow> candidates, CancellationToken cancellationToken)
        => WriteToAsync(runId, connection => CandidateTable.Merge(connection, runId, partition, candidates), cancellationToken);

    private protected override async Task<IReadOnlyList<CandidateRow>> GetCandidatesCoreAsync(string runId, int partition, CancellationToken cancellationToken)
        => await _database.ReadAsync(connection => CandidateTable.Get(connection, runId, partition), cancellationToken);

    private protected override Task PutRoundCoreAsync(string runId, RoundRow round, CancellationToken cancellationToken)
    {
        string body = PelNasJson.Serialize(round);
        return WriteToAsync(runId, connection => RoundTable.Put(connection, runId, round.Partition, round.Generation, body), cancellationToken);
    }

    private protected override Task<RoundRow?> GetRoundCoreAsync(string runId, int partition, int generation, CancellationToken cancellationToken)
        => _database.ReadAsync(connection => RoundTable.Get(connection, runId, partition, generation), cancellationToken);

    private protected override async Task<IReadOnlyList<RoundRow>> GetRoundsCoreAsync(string runId, CancellationToken cancellationToken)
        => await _database.ReadAsync(connection => RoundTable.GetAll(connection, runId), cancellationToken);

    private protected override Task PutHeuristicsCoreAsync(string runId, HeuristicsRow heuristics, CancellationToken cancellationToken)
    {
        string body = PelNasJson.Serialize(heuristics);
        return WriteToAsync(
            runId, connection => HeuristicsTable.Put(connection, runId, heuristics.Partition, heuristics.Generation, body), cancellationToken);
    }

    private protected override async Task<IReadOnlyList<HeuristicsRow>> GetHeuristicsCoreAsync(string runId, int partition, CancellationToken cancellationToken)
        => await _database.ReadAsync(connection => HeuristicsTable.Get(connection, runId, partition), cancellationToken);

    private protected override Task PutPriorCoreAsync(string runId, PriorRow prior, CancellationToken cancellationToken)
    {
        string body = PelNasJson.Serialize(prior);
        return WriteToAsync(runId, connection => PriorTable.Put(connection, runId, body), cancellationToken);
    }

    private protected override Task<PriorRow?> GetPriorCoreAsync(string runId, CancellationToken cancellationToken)
        => _database.ReadAsync(connection => PriorTable.Get(connection, runId), cancellationToken);

    private protected override Task PublishFrontCoreAsync(string runId, Front front, CancellationToken cancellationToken)
    {
        string[] bodies = [.. front.Points.Select(PelNasJson.Serialize)];
        return WriteToAsync(runId, connection => FrontTable.Publish(connection, runId, front.Version, bodies), cancellationToken);
    }

    private protected override Task<Front?> GetFrontCoreAsync(string runId, int? version, CancellationToken cancellationToken)
        => _database.ReadAsync(connection => FrontTable.Get(connection, runId, version), cancellationToken);

    private protected override async Task<IReadOnlyList<int>> GetFrontVersionsCoreAsync(string runId, CancellationToken cancellationToken)
        => await _database.ReadAsync(connection => FrontTable.Versions(connection, runId), cancellationToken);

    private protected override Task<string?> GetChatAnswerCoreAsync(string promptHash, CancellationToken cancellationToken)
        => _database.ReadAsync(connection => ChatAnswerTable.Get(connection, promptHash), cancellationToken);

    private protected override Task PutChatAnswerCoreAsync(string promptHash, string answer, CancellationToken cancellationToken)
        => _database.WriteAsync(connection => ChatAnswerTable.Put(connection, promptHash, answer, _time.GetUtcNow()), cancellationToken);

    private protected override Task PutSweepCoreAsync(SweepRow sweep, CancellationToken cancellationToken)
    {
        string body = PelNasJson.Serialize(sweep);
        return _database.WriteAsync(connection => SweepTable.Put(connection, sweep.SweepId, body), cancellationToken);
    }

    private protected override Task<SweepRow?> GetSweepCoreAsync(string sweepId, CancellationToken cancellationToken)
        => _database.ReadAsync(connection => SweepTable.Get(connection, sweepId), cancellationToken);

    private protected override Task<List<SweepRow>> ListSweepsCoreAsync(int count, string? last, CancellationToken cancellationToken)
        => _database.ReadAsync(connection => SweepTable.List(connection, count, last), cancellationToken);

    private protected override Task PutWatchdogReportCoreAsync(WatchdogReport report, CancellationToken cancellationToken)
    {
        string body = PelNasJson.Serialize(report);
        return _database.WriteAsync(connection => WatchdogTable.Put(connection, body), cancellationToken);
    }

    private protected override Task<WatchdogReport?> GetWatchdogReportCoreAsync(CancellationToken cancellationToken) => _database.ReadAsync(WatchdogTable.Get, cancellationToken);

    private protected override Task<string> ClaimCoreAsync(string key, string value, CancellationToken cancellationToken)
        => _database.WriteAsync(connection => ClaimTable.Claim(connection, key, value, _time.GetUtcNow()), cancellationToken);

    private protected override Task PutDeviceTableCoreAsync(DeviceTable table, CancellationToken cancellationToken)
        => _database.WriteAsync(connection => DeviceTableTable.Put(connection, table, _time.GetUtcNow()), cancellationToken);

    private protected override Task<DeviceTable?> GetDeviceTableCoreAsync(string device, string dataset, string? version, CancellationToken cancellationToken)
        => _database.ReadAsync(connection => DeviceTableTable.Get(connection, device, dataset, version), cancellationToken);

    private protected override async Task<IReadOnlyList<DeviceTableInfo>> ListDeviceTablesCoreAsync(CancellationToken cancellationToken)
        => await _database.ReadAsync(DeviceTableTable.List, cancellationToken);

    /// <summary>Closes the idle connections.</summary>
    public void Dispose() => _database.Dispose();

    /// <summary>Writes to a run, unless it was deleted.</summary>
    private Task<bool> WriteToAsync(string runId, Action<SqliteConnection> work, CancellationToken cancellationToken) => WriteToAsync(
        runId,
        connection =>
        {
            work(connection);
            return true;
        },
        cancellationToken);

    private Task<T> WriteToAsync<T>(string runId, Func<SqliteConnection, T> work, CancellationToken cancellationToken) => _database.WriteAsync(
        connection =>
        {
            TombstoneTable.Refuse(connection, runId);
            return work(connection);
        },
        cancellationToken);
}
