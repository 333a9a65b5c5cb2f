using PelNas.Shared.Storage.Sqlite;

namespace PelNas.Shared.Storage;

public sealed partial class SqliteRunStore
{
    /// <inheritdoc/>
    public async Task<RunRow?> ChangeRunAsync(string runId, Func<RunRow?, RunRow?> change, CancellationToken cancellationToken)
    {
        Func<RunRow?, RunRow?> guarded = ChangeGuard.Of(runId, change);
        RunRow? now = null;
        await _database.WriteAsync(connection => now = RunTable.Change(connection, runId, guarded), cancellationToken);
        return now;
    }

    /// <inheritdoc/>
    public async Task<RoundRow?> ChangeRoundAsync(
        string runId, int partition, int generation, Func<RoundRow?, RoundRow?> change, CancellationToken cancellationToken)
    {
        Func<RoundRow?, RoundRow?> guarded = ChangeGuard.Of(runId, partition, generation, change);
        RoundRow? now = null;
        await _database.WriteAsync(connection => now = RoundTable.Change(connection, runId, partition, generation, guarded), cancellationToken);
        return now;
    }

    /// <inheritdoc/>
    public Task AddDeviceTableAsync(DeviceTable table, CancellationToken cancellationToken)
    {
        RowGuard.Check(table);
        return _database.WriteAsync(connection => DeviceTableTable.Add(connection, table), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<int> DeleteChatAnswersAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        int deleted = 0;
        await _database.WriteAsync(connection => deleted = ChatAnswerTable.Delete(connection, before, most), cancellationToken);
        return deleted;
    }
}
