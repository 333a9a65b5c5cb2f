using PelNas.Shared.Storage.Sqlite;

namespace PelNas.Shared.Storage;

public sealed partial class SqliteRunStore
{
    private protected override async Task<RunRow?> ChangeRunCoreAsync(string runId, Func<RunRow?, RunRow?> change, CancellationToken cancellationToken)
    {
        RunRow? now = null;
        await _database.WriteAsync(connection => now = RunTable.Change(connection, runId, change), cancellationToken);
        return now;
    }

    private protected override async Task<RoundRow?> ChangeRoundCoreAsync(
        string runId, int partition, int generation, Func<RoundRow?, RoundRow?> change, CancellationToken cancellationToken)
    {
        RoundRow? now = null;
        await _database.WriteAsync(connection => now = RoundTable.Change(connection, runId, partition, generation, change), cancellationToken);
        return now;
    }

    private protected override Task AddDeviceTableCoreAsync(DeviceTable table, CancellationToken cancellationToken)
        => _database.WriteAsync(connection => DeviceTableTable.Add(connection, table), cancellationToken);

    private protected override async Task<int> DeleteChatAnswersCoreAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        int deleted = 0;
        await _database.WriteAsync(connection => deleted = ChatAnswerTable.Delete(connection, before, most), cancellationToken);
        return deleted;
    }
}
