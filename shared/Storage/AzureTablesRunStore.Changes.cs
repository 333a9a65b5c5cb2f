using PelNas.Shared.Records;
using PelNas.Shared.Storage.AzureTables;


namespace PelNas.Shared.Storage;

public sealed partial class AzureTablesRunStore
{
    private protected override Task<RunRow?> ChangeRunCoreAsync(string runId, Func<RunRow?, RunRow?> change, CancellationToken cancellationToken)
        => WriteToAsync(runId, () => _runs.ChangeAsync(runId, change, cancellationToken), cancellationToken);

    private protected override Task<RoundRow?> ChangeRoundCoreAsync(
        string runId, int partition, int generation, Func<RoundRow?, RoundRow?> change, CancellationToken cancellationToken)
        => WriteToAsync(runId, () => RoundTable.ChangeAsync(_account, runId, partition, generation, change, cancellationToken), cancellationToken);

    private protected override Task<SweepRow?> ChangeSweepCoreAsync(string sweepId, Func<SweepRow?, SweepRow?> change, CancellationToken cancellationToken)
        => _account.RunAsync(() => SweepTable.ChangeAsync(_account, sweepId, change, cancellationToken), cancellationToken);

    private protected override Task AddDeviceTableCoreAsync(DeviceTable table, CancellationToken cancellationToken)
        => _account.RunAsync(() => DeviceTableTable.AddAsync(_account, table, cancellationToken), cancellationToken);

    private protected override Task<int> DeleteDeviceTablesCoreAsync(
        DateTimeOffset before, IReadOnlySet<DeviceTableVersion> used, int most, CancellationToken cancellationToken)
        => _account.RunAsync(() => UnusedDeviceTables.DeleteAsync(_account, before, used, most, cancellationToken), cancellationToken);

    private protected override Task<int> DeleteChatAnswersCoreAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
        => _account.RunAsync(() => ChatAnswerTable.DeleteAsync(_account, before, most, cancellationToken), cancellationToken);
}
