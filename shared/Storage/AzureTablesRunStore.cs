using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PelNas.Shared.Records;
using PelNas.Shared.Storage.AzureTables;

namespace PelNas.Shared.Storage;

/// <summary>
/// The run store in the tables of an Azure storage account, with blobs for what outgrows an entity. Any number of threads may share an
/// instance, and any number of processes the account. Tables and the blob container are created at the first use.
/// </summary>
/// <remarks>
/// Beside what every store throws (<see cref="ArgumentException"/>, see <see cref="StoreGuard"/>; <see cref="RunDeletedException"/>), every method throws
/// <see cref="StoreException"/> when the account cannot be reached, is busy for longer than the client's retries, or refuses the identity.
/// </remarks>
public sealed partial class AzureTablesRunStore : RunStore, IDisposable
{
    private readonly StorageAccount _account;
    private readonly RunTable _runs;
    private readonly TombstoneTable _tombstones;

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
        _tombstones = new TombstoneTable(_account, _runs);
    }

    /// <summary>Address of the table service.</summary>
    public string Location => _account.Location;

    /// <summary>Creates the tables and the container that are missing, once. Every other method does so first.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) => _account.CreateAsync(cancellationToken);

    private protected override Task PutRunCoreAsync(RunRow run, CancellationToken cancellationToken)
        => WriteToAsync(run.RunId, () => _runs.PutAsync(run, cancellationToken), cancellationToken);

    private protected override Task<RunRow?> GetRunCoreAsync(string runId, CancellationToken cancellationToken)
        => _account.RunAsync(() => _runs.GetAsync(runId, cancellationToken), cancellationToken);

    private protected override Task<List<RunRow>> ListRunsCoreAsync(int count, string? last, DateTimeOffset? before, CancellationToken cancellationToken)
        => _account.RunAsync(() => _runs.ListAsync(count, last, before, cancellationToken), cancellationToken);

    private protected override Task DeleteRunCoreAsync(string runId, CancellationToken cancellationToken)
        => _account.RunAsync(() => _tombstones.DeleteRunAsync(runId, cancellationToken), cancellationToken);

    private protected override Task ReopenRunCoreAsync(string runId, CancellationToken cancellationToken)
        => _account.RunAsync(() => _tombstones.RemoveAsync(runId, cancellationToken), cancellationToken);

    private protected override Task<int> DeleteTombstonesCoreAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
        => _account.RunAsync(() => _tombstones.DeleteAsync(before, most, cancellationToken), cancellationToken);

    private protected override Task MergeCandidatesCoreAsync(string runId, int partition, IReadOnlyCollection<CandidateRow> candidates, CancellationToken cancellationToken)
        => WriteToAsync(runId, () => CandidateTable.MergeAsync(_account, runId, partition, candidates, cancellationToken), cancellationToken);

    private protected override Task<IReadOnlyList<CandidateRow>> GetCandidatesCoreAsync(string runId, int partition, CancellationToken cancellationToken)
        => _account.RunAsync(() => CandidateTable.GetAsync(_account, runId, partition, cancellationToken), cancellationToken);

    private protected override Task PutRoundCoreAsync(string runId, RoundRow round, CancellationToken cancellationToken)
        => WriteToAsync(runId, () => RoundTable.PutAsync(_account, runId, round, cancellationToken), cancellationToken);

    private protected override Task<RoundRow?> GetRoundCoreAsync(string runId, int partition, int generation, CancellationToken cancellationToken)
        => _account.RunAsync(() => RoundTable.GetAsync(_account, runId, partition, generation, cancellationToken), cancellationToken);

    private protected override Task<IReadOnlyList<RoundRow>> GetRoundsCoreAsync(string runId, CancellationToken cancellationToken)
        => _account.RunAsync(() => RoundTable.GetAllAsync(_account, runId, cancellationToken), cancellationToken);

    private protected override Task PutHeuristicsCoreAsync(string runId, HeuristicsRow heuristics, CancellationToken cancellationToken)
        => WriteToAsync(runId, () => HeuristicsTable.PutAsync(_account, runId, heuristics, cancellationToken), cancellationToken);

    private protected override Task<IReadOnlyList<HeuristicsRow>> GetHeuristicsCoreAsync(string runId, int partition, CancellationToken cancellationToken)
        => _account.RunAsync(() => HeuristicsTable.GetAsync(_account, runId, partition, cancellationToken), cancellationToken);

    private protected override Task PutPriorCoreAsync(string runId, PriorRow prior, CancellationToken cancellationToken) => WriteToAsync(
        runId, () => _account.PutJsonAsync(TableNames.Priors, runId, TableKeys.Prior, RunTable.Folder(runId), prior, cancellationToken), cancellationToken);

    private protected override Task<PriorRow?> GetPriorCoreAsync(string runId, CancellationToken cancellationToken)
        => _account.RunAsync(() => _account.GetJsonAsync<PriorRow>(TableNames.Priors, runId, TableKeys.Prior, cancellationToken), cancellationToken);

    private protected override Task PublishFrontCoreAsync(string runId, Front front, CancellationToken cancellationToken)
        => WriteToAsync(runId, () => FrontTable.PublishAsync(_account, runId, front, cancellationToken), cancellationToken);

    private protected override Task<Front?> GetFrontCoreAsync(string runId, int? version, CancellationToken cancellationToken)
        => _account.RunAsync(() => FrontTable.GetAsync(_account, runId, version, cancellationToken), cancellationToken);

    private protected override Task<IReadOnlyList<int>> GetFrontVersionsCoreAsync(string runId, CancellationToken cancellationToken)
        => _account.RunAsync(() => FrontTable.VersionsAsync(_account, runId, cancellationToken), cancellationToken);

    private protected override Task<string?> GetChatAnswerCoreAsync(string promptHash, CancellationToken cancellationToken)
        => _account.RunAsync(() => ChatAnswerTable.GetAsync(_account, promptHash, cancellationToken), cancellationToken);

    private protected override Task PutChatAnswerCoreAsync(string promptHash, string answer, CancellationToken cancellationToken)
        => _account.RunAsync(() => ChatAnswerTable.PutAsync(_account, promptHash, answer, cancellationToken), cancellationToken);

    private protected override Task PutSweepCoreAsync(SweepRow sweep, CancellationToken cancellationToken)
        => _account.RunAsync(() => SweepTable.PutAsync(_account, sweep, cancellationToken), cancellationToken);

    private protected override Task<SweepRow?> GetSweepCoreAsync(string sweepId, CancellationToken cancellationToken)
        => _account.RunAsync(() => SweepTable.GetAsync(_account, sweepId, cancellationToken), cancellationToken);

    private protected override Task<List<SweepRow>> ListSweepsCoreAsync(int count, string? last, CancellationToken cancellationToken)
        => _account.RunAsync(() => SweepTable.ListAsync(_account, count, last, cancellationToken), cancellationToken);

    private protected override Task PutWatchdogReportCoreAsync(WatchdogReport report, CancellationToken cancellationToken)
        => _account.RunAsync(() => WatchdogTable.PutAsync(_account, report, cancellationToken), cancellationToken);

    private protected override Task<WatchdogReport?> GetWatchdogReportCoreAsync(CancellationToken cancellationToken)
        => _account.RunAsync(() => WatchdogTable.GetAsync(_account, cancellationToken), cancellationToken);

    private protected override Task<string> ClaimCoreAsync(string key, string value, CancellationToken cancellationToken)
        => _account.RunAsync(() => ClaimTable.ClaimAsync(_account, key, value, cancellationToken), cancellationToken);

    private protected override Task PutDeviceTableCoreAsync(DeviceTable table, CancellationToken cancellationToken)
        => _account.RunAsync(() => DeviceTableTable.PutAsync(_account, table, cancellationToken), cancellationToken);

    private protected override Task<DeviceTable?> GetDeviceTableCoreAsync(string device, string dataset, string? version, CancellationToken cancellationToken)
        => _account.RunAsync(() => DeviceTableTable.GetAsync(_account, device, dataset, version, cancellationToken), cancellationToken);

    private protected override Task<IReadOnlyList<DeviceTableInfo>> ListDeviceTablesCoreAsync(CancellationToken cancellationToken)
        => _account.RunAsync(() => DeviceTableTable.ListAsync(_account, cancellationToken), cancellationToken);

    /// <summary>Lets go of what the instance holds.</summary>
    public void Dispose() => _account.Dispose();

    /// <summary>Writes to a run, unless it was deleted.</summary>
    private Task<bool> WriteToAsync(string runId, Func<Task> write, CancellationToken cancellationToken) => WriteToAsync(
        runId,
        async () =>
        {
            await write();
            return true;
        },
        cancellationToken);

    private Task<T> WriteToAsync<T>(string runId, Func<Task<T>> write, CancellationToken cancellationToken)
        => _account.RunAsync(() => _tombstones.WriteToAsync(runId, write, cancellationToken), cancellationToken);
}
