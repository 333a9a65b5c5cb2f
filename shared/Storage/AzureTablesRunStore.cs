using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PelNas.Shared.Storage.AzureTables;
using PelNas.Shared.Sweeps;

namespace PelNas.Shared.Storage;

/// <summary>
/// The run store in the tables of an Azure storage account, with blobs for what outgrows an entity. Any number of threads may share an
/// instance, and any number of processes the account. Tables and the blob container are created at the first use.
/// </summary>
/// <remarks>
/// Beside the arguments that the port refuses (<see cref="ArgumentException"/>, see <see cref="StoreGuard"/>), every method throws
/// <see cref="StoreException"/> when the account cannot be reached, is busy for longer than the client's retries, or refuses the identity.
/// </remarks>
public sealed partial class AzureTablesRunStore : IRunStore, IDisposable
{
    private readonly StorageAccount _account;
    private readonly RunTable _runs;

    /// <summary>A store in the given account. Nothing is sent yet.</summary>
    /// <param name="tables">Client of the table service.</param>
    /// <param name="blobs">Client of the blob service.</param>
    /// <param name="tablePrefix">What the names of all tables and of the container begin with: letters and digits, a letter first; or empty.</param>
    public AzureTablesRunStore(TableServiceClient tables, BlobServiceClient blobs, string tablePrefix = "")
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(blobs);
        StoreGuard.TablePrefix(tablePrefix);
        _account = new StorageAccount(tables, blobs, tablePrefix);
        _runs = new RunTable(_account);
    }

    /// <summary>Address of the table service.</summary>
    public string Location => _account.Location;

    /// <summary>Creates the tables and the container that are missing, once. Every other method does so first.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) => _account.CreateAsync(cancellationToken);

    /// <inheritdoc/>
    public Task PutRunAsync(RunRow run, CancellationToken cancellationToken)
    {
        RowGuard.Check(run);
        return _account.RunAsync(() => _runs.PutAsync(run, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RunRow?> GetRunAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return _account.RunAsync(() => _runs.GetAsync(runId, cancellationToken), cancellationToken);
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
        return _account.RunAsync(() => _runs.DeleteAsync(runId, cancellationToken), cancellationToken);
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

        return _account.RunAsync(() => CandidateTable.MergeAsync(_account, runId, partition, candidates, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CandidateRow>> GetCandidatesAsync(string runId, int partition, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        StoreGuard.NotNegative(partition, nameof(partition));
        return _account.RunAsync(() => CandidateTable.GetAsync(_account, runId, partition, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutRoundAsync(string runId, RoundRow round, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(round);
        return _account.RunAsync(() => RoundTable.PutAsync(_account, runId, round, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RoundRow?> GetRoundAsync(string runId, int partition, int generation, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return _account.RunAsync(() => RoundTable.GetAsync(_account, runId, partition, generation, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RoundRow>> GetRoundsAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return _account.RunAsync(() => RoundTable.GetAllAsync(_account, runId, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutHeuristicsAsync(string runId, HeuristicsRow heuristics, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(heuristics);
        return _account.RunAsync(() => HeuristicsTable.PutAsync(_account, runId, heuristics, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HeuristicsRow>> GetHeuristicsAsync(string runId, int partition, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return _account.RunAsync(() => HeuristicsTable.GetAsync(_account, runId, partition, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task PublishFrontAsync(string runId, Front front, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        RowGuard.Check(front);
        return _account.RunAsync(() => FrontTable.PublishAsync(_account, runId, front, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Front?> GetFrontAsync(string runId, int? version, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return _account.RunAsync(() => FrontTable.GetAsync(_account, runId, version, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<int>> GetFrontVersionsAsync(string runId, CancellationToken cancellationToken)
    {
        StoreGuard.RunId(runId);
        return _account.RunAsync(() => FrontTable.VersionsAsync(_account, runId, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string?> GetChatAnswerAsync(string promptHash, CancellationToken cancellationToken)
    {
        StoreGuard.PromptHash(promptHash);
        return _account.RunAsync(() => ChatAnswerTable.GetAsync(_account, promptHash, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutChatAnswerAsync(string promptHash, string answer, CancellationToken cancellationToken)
    {
        StoreGuard.PromptHash(promptHash);
        ArgumentNullException.ThrowIfNull(answer);
        StoreGuard.Text(answer, nameof(answer), StoreGuard.MaxAnswerLength);
        return _account.RunAsync(() => ChatAnswerTable.PutAsync(_account, promptHash, answer, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutSweepAsync(SweepRow sweep, CancellationToken cancellationToken)
    {
        RowGuard.Check(sweep);
        return _account.RunAsync(() => SweepTable.PutAsync(_account, sweep, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SweepRow?> GetSweepAsync(string sweepId, CancellationToken cancellationToken)
    {
        StoreGuard.SweepId(sweepId);
        return _account.RunAsync(() => SweepTable.GetAsync(_account, sweepId, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<SweepPage> ListSweepsAsync(int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        StoreGuard.PageSize(pageSize);
        string? last = continuation is null ? null : ListToken.Decode(continuation, SweepIds.IsValid);
        List<SweepRow> sweeps = await _account.RunAsync(() => SweepTable.ListAsync(_account, pageSize + 1, last, cancellationToken), cancellationToken);
        return sweeps.Count > pageSize
            ? new SweepPage(sweeps[..pageSize], ListToken.Encode(sweeps[pageSize - 1].SweepId))
            : new SweepPage(sweeps, null);
    }

    /// <inheritdoc/>
    public Task PutWatchdogReportAsync(WatchdogReport report, CancellationToken cancellationToken)
    {
        RowGuard.Check(report);
        return _account.RunAsync(() => WatchdogTable.PutAsync(_account, report, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<WatchdogReport?> GetWatchdogReportAsync(CancellationToken cancellationToken)
        => _account.RunAsync(() => WatchdogTable.GetAsync(_account, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<string> ClaimAsync(string key, string value, CancellationToken cancellationToken)
    {
        StoreGuard.Key(key, nameof(key));
        ArgumentNullException.ThrowIfNull(value);
        StoreGuard.Text(value, nameof(value));
        return _account.RunAsync(() => ClaimTable.ClaimAsync(_account, key, value, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutDeviceTableAsync(DeviceTable table, CancellationToken cancellationToken)
    {
        RowGuard.Check(table);
        return _account.RunAsync(() => DeviceTableTable.PutAsync(_account, table, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DeviceTable?> GetDeviceTableAsync(string device, string dataset, string? version, CancellationToken cancellationToken)
    {
        StoreGuard.Key(device, nameof(device));
        StoreGuard.Key(dataset, nameof(dataset));
        return _account.RunAsync(() => DeviceTableTable.GetAsync(_account, device, dataset, version, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeviceTableInfo>> ListDeviceTablesAsync(CancellationToken cancellationToken)
        => _account.RunAsync(() => DeviceTableTable.ListAsync(_account, cancellationToken), cancellationToken);

    /// <summary>Lets go of what the instance holds.</summary>
    public void Dispose() => _account.Dispose();

    private async Task<RunPage> ListRunsAsync(DateTimeOffset? before, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        StoreGuard.PageSize(pageSize);
        string? last = continuation is null ? null : ListToken.Decode(continuation, StoreGuard.IsRunId);
        List<RunRow> runs = await _account.RunAsync(() => _runs.ListAsync(pageSize + 1, last, before, cancellationToken), cancellationToken);
        return runs.Count > pageSize
            ? new RunPage(runs[..pageSize], ListToken.Encode(runs[pageSize - 1].RunId))
            : new RunPage(runs, null);
    }
}
