using PelNas.Shared.Records;

namespace PelNas.Shared.Storage;

// What belongs to no run.
public abstract partial class RunStore
{
    /// <inheritdoc/>
    public Task<string?> GetChatAnswerAsync(string promptHash, CancellationToken cancellationToken)
    {
        StoreGuard.PromptHash(promptHash);
        return GetChatAnswerCoreAsync(promptHash, cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutChatAnswerAsync(string promptHash, string answer, CancellationToken cancellationToken)
    {
        StoreGuard.PromptHash(promptHash);
        ArgumentNullException.ThrowIfNull(answer);
        StoreGuard.Text(answer, nameof(answer), StoreGuard.MaxAnswerLength);
        return PutChatAnswerCoreAsync(promptHash, answer, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> DeleteChatAnswersAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return DeleteChatAnswersCoreAsync(before, most, cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutWatchdogReportAsync(WatchdogReport report, CancellationToken cancellationToken)
    {
        RowGuard.Check(report);
        return PutWatchdogReportCoreAsync(report, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<WatchdogReport?> GetWatchdogReportAsync(CancellationToken cancellationToken) => GetWatchdogReportCoreAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<string> ClaimAsync(string key, string value, CancellationToken cancellationToken)
    {
        CheckClaim(key, value);
        return ClaimCoreAsync(key, value, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string> ReplaceClaimAsync(string key, string expected, string value, CancellationToken cancellationToken)
    {
        CheckClaim(key, value);
        return ReplaceClaimCoreAsync(key, expected, value, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> DeleteClaimsAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return DeleteClaimsCoreAsync(before, most, cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutDeviceTableAsync(DeviceTable table, CancellationToken cancellationToken)
    {
        RowGuard.Check(table);
        return PutDeviceTableCoreAsync(table, cancellationToken);
    }

    /// <inheritdoc/>
    public Task AddDeviceTableAsync(DeviceTable table, CancellationToken cancellationToken)
    {
        RowGuard.Check(table);
        return AddDeviceTableCoreAsync(table, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DeviceTable?> GetDeviceTableAsync(string device, string dataset, string? version, CancellationToken cancellationToken)
    {
        StoreGuard.Key(device, nameof(device));
        StoreGuard.Key(dataset, nameof(dataset));
        return GetDeviceTableCoreAsync(device, dataset, version, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeviceTableInfo>> ListDeviceTablesAsync(CancellationToken cancellationToken) => ListDeviceTablesCoreAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<int> DeleteDeviceTablesAsync(DateTimeOffset before, IReadOnlySet<DeviceTableVersion> used, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(used);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return DeleteDeviceTablesCoreAsync(before, used, most, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ProxyScoreRow>> GetProxyScoresAsync(string version, IReadOnlyCollection<int> functions, CancellationToken cancellationToken)
    {
        RowGuard.CheckFunctions(version, functions);
        if (functions.Count == 0)
        {
            return [];
        }

        HashSet<int> wanted = [.. functions];
        return [.. (await GetProxyScoresCoreAsync(version, wanted.Min(), wanted.Max(), cancellationToken)).Where(row => wanted.Contains(row.FunctionId))];
    }

    /// <inheritdoc/>
    public Task PutProxyScoresAsync(string version, IReadOnlyCollection<ProxyScoreRow> scores, CancellationToken cancellationToken)
    {
        RowGuard.Check(version, scores);
        return PutProxyScoresCoreAsync(version, scores, cancellationToken);
    }

    private protected abstract Task<string?> GetChatAnswerCoreAsync(string promptHash, CancellationToken cancellationToken);

    private protected abstract Task PutChatAnswerCoreAsync(string promptHash, string answer, CancellationToken cancellationToken);

    private protected abstract Task<int> DeleteChatAnswersCoreAsync(DateTimeOffset before, int most, CancellationToken cancellationToken);

    private protected abstract Task PutWatchdogReportCoreAsync(WatchdogReport report, CancellationToken cancellationToken);

    private protected abstract Task<WatchdogReport?> GetWatchdogReportCoreAsync(CancellationToken cancellationToken);

    private protected abstract Task<string> ClaimCoreAsync(string key, string value, CancellationToken cancellationToken);

    private protected abstract Task<string> ReplaceClaimCoreAsync(string key, string expected, string value, CancellationToken cancellationToken);

    private protected abstract Task<int> DeleteClaimsCoreAsync(DateTimeOffset before, int most, CancellationToken cancellationToken);

    private protected abstract Task PutDeviceTableCoreAsync(DeviceTable table, CancellationToken cancellationToken);

    private protected abstract Task AddDeviceTableCoreAsync(DeviceTable table, CancellationToken cancellationToken);

    private protected abstract Task<DeviceTable?> GetDeviceTableCoreAsync(string device, string dataset, string? version, CancellationToken cancellationToken);

    private protected abstract Task<IReadOnlyList<DeviceTableInfo>> ListDeviceTablesCoreAsync(CancellationToken cancellationToken);

    private protected abstract Task<int> DeleteDeviceTablesCoreAsync(
        DateTimeOffset before, IReadOnlySet<DeviceTableVersion> used, int most, CancellationToken cancellationToken);

    /// <summary>The scores of functions from one id to another, by function.</summary>
    private protected abstract Task<IReadOnlyList<ProxyScoreRow>> GetProxyScoresCoreAsync(
        string version, int first, int last, CancellationToken cancellationToken);

    private protected abstract Task PutProxyScoresCoreAsync(string version, IReadOnlyCollection<ProxyScoreRow> scores, CancellationToken cancellationToken);

    private static void CheckClaim(string key, string value)
    {
        StoreGuard.Key(key, nameof(key));
        ArgumentNullException.ThrowIfNull(value);
        StoreGuard.Text(value, nameof(value));
    }
}
