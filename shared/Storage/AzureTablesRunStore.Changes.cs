using PelNas.Shared.Storage.AzureTables;

namespace PelNas.Shared.Storage;

public sealed partial class AzureTablesRunStore
{
    /// <inheritdoc/>
    public Task<RunRow?> ChangeRunAsync(string runId, Func<RunRow?, RunRow?> change, CancellationToken cancellationToken)
    {
        Func<RunRow?, RunRow?> guarded = ChangeGuard.Of(runId, change);
        return _account.RunAsync(() => _runs.ChangeAsync(runId, guarded, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RoundRow?> ChangeRoundAsync(
        string runId, int partition, int generation, Func<RoundRow?, RoundRow?> change, CancellationToken cancellationToken)
    {
        Func<RoundRow?, RoundRow?> guarded = ChangeGuard.Of(runId, partition, generation, change);
        return _account.RunAsync(() => RoundTable.ChangeAsync(_account, runId, partition, generation, guarded, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task AddDeviceTableAsync(DeviceTable table, CancellationToken cancellationToken)
    {
        RowGuard.Check(table);
        return _account.RunAsync(() => DeviceTableTable.AddAsync(_account, table, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> DeleteChatAnswersAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return _account.RunAsync(() => ChatAnswerTable.DeleteAsync(_account, before, most, cancellationToken), cancellationToken);
    }
}
