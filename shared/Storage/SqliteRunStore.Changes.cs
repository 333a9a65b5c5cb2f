using PelNas.Shared.Records;
using PelNas.Shared.Storage.Sqlite;


namespace PelNas.Shared.Storage;

public sealed partial class SqliteRunStore
{
    private protected override Task<RunRow?> ChangeRunCoreAsync(string runId, Func<RunRow?, RunRow?> change, CancellationToken cancellationToken)
        => WriteToAsync(runId, connection => RunTable.Change(connection, runId, change), cancellationToken);

    private protected override Task<RoundRow?> ChangeRoundCoreAsync(
        string runId, int partition, int generation, Func<RoundRow?, RoundRow?> change, CancellationToken cancellationToken)
        => WriteToAsync(runId, connection => RoundTable.Change(connection, runId, partition, generation, change), cancellationToken);

    private protected override Task<SweepRow?> ChangeSweepCoreAsync(string sweepId, Func<SweepRow?, SweepRow?> change, CancellationToken cancellationToken)
        => _database.WriteAsync(connection => SweepTable.Change(connection, sweepId, change), cancellationToken);

    private protected override Task AddDeviceTableCoreAsync(DeviceTable table, CancellationToken cancellationToken)
        => _database.WriteAsync(connection => DeviceTableTable.Add(connection, table, _time.GetUtcNow()), cancellationToken);

    private protected override Task<int> DeleteDeviceTablesCoreAsync(
        DateTimeOffset before, IReadOnlySet<DeviceTableVersion> used, int most, CancellationToken cancellationToken)
        => _database.WriteAsync(connection => DeviceTableTable.Delete(connection, before, used, most), cancellationToken);

    private protected override Task<int> DeleteChatAnswersCoreAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
        => _database.WriteAsync(connection => ChatAnswerTable.Delete(connection, before, most), cancellationToken);
}
