using PelNas.Shared.Records;

namespace PelNas.Shared.Storage;

/// <summary>
/// Where searches keep what they find. Every write may happen twice with the same effect: rows stand under deterministic keys. Every write
/// to a run, its ledger included, is refused with <see cref="RunDeletedException"/> once the run was deleted.
/// Implementations refuse numbers that are not finite and text with control characters in keys.
/// </summary>
public interface IRunStore : IBudgetStore, IProxyScoreStore
{
    /// <summary>Writes the run's row.</summary>
    Task PutRunAsync(RunRow run, CancellationToken cancellationToken);

    /// <summary>
    /// Changes the run's row by what stands there, in one step: of several writers each sees what the last one wrote.
    /// </summary>
    /// <param name="runId">Run.</param>
    /// <param name="change">
    /// Makes the new row of the stored one, or of null when there is none; null or the row itself leaves all as it is. May be asked
    /// several times, and must make of its own result the same again.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The row that stands there now, or null.</returns>
    Task<RunRow?> ChangeRunAsync(string runId, Func<RunRow?, RunRow?> change, CancellationToken cancellationToken);

    /// <summary>Reads a run, or null.</summary>
    Task<RunRow?> GetRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Runs, newest first.</summary>
    /// <param name="pageSize">1 to 1,000.</param>
    /// <param name="continuation">Token of the last page, or null for the first.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<RunPage> ListRunsAsync(int pageSize, string? continuation, CancellationToken cancellationToken);

    /// <summary>Runs that started before a time, newest first, for what goes by age.</summary>
    /// <param name="before">Runs that started then or later are left out. Run ids tell the start, to the second.</param>
    /// <param name="pageSize">1 to 1,000.</param>
    /// <param name="continuation">Token of the last page, or null for the first.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<RunPage> ListRunsBeforeAsync(DateTimeOffset before, int pageSize, string? continuation, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the run with everything of it. May be called again after it was cut short. A tombstone stays: whatever writes to the run later
    /// gets a <see cref="RunDeletedException"/> and leaves nothing, until the run is opened again. What a writer leaves whose process ends, or
    /// whose store goes away, right after a write that came late, goes with the tombstone.
    /// </summary>
    Task DeleteRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>
    /// Lets a deleted run be written anew, for who means to: an import, or a search that is asked for again. A run without a tombstone stays as it is.
    /// </summary>
    Task ReopenRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes tombstones that were put before a time, after which nothing can come late any more, with what may still lie under them. What
    /// is left over is found by the next call.
    /// </summary>
    /// <param name="before">Those put then or later stay.</param>
    /// <param name="most">Most that are deleted.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many were deleted.</returns>
    Task<int> DeleteTombstonesAsync(DateTimeOffset before, int most, CancellationToken cancellationToken);

    /// <summary>
    /// Merges candidates: fields that are not null overwrite the stored ones. A prediction that names its generation goes in whole or not at
    /// all, and leaves that of a later generation in its place: of any number of writers at the same time the latest generation stands.
    /// </summary>
    Task MergeCandidatesAsync(string runId, int partition, IReadOnlyCollection<CandidateRow> candidates, CancellationToken cancellationToken);

    /// <summary>The candidates of one partition, by index.</summary>
    Task<IReadOnlyList<CandidateRow>> GetCandidatesAsync(string runId, int partition, CancellationToken cancellationToken);

    /// <summary>Writes a round, replacing what stands under its key.</summary>
    Task PutRoundAsync(string runId, RoundRow round, CancellationToken cancellationToken);

    /// <summary>Changes a round by what stands there, in one step, as <see cref="ChangeRunAsync"/> does a run.</summary>
    Task<RoundRow?> ChangeRoundAsync(string runId, int partition, int generation, Func<RoundRow?, RoundRow?> change, CancellationToken cancellationToken);

    /// <summary>Reads one round, or null.</summary>
    Task<RoundRow?> GetRoundAsync(string runId, int partition, int generation, CancellationToken cancellationToken);

    /// <summary>All rounds of a run, by partition, then generation.</summary>
    Task<IReadOnlyList<RoundRow>> GetRoundsAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Writes the heuristics of one partition and generation.</summary>
    Task PutHeuristicsAsync(string runId, HeuristicsRow heuristics, CancellationToken cancellationToken);

    /// <summary>The heuristics of a partition, by generation.</summary>
    Task<IReadOnlyList<HeuristicsRow>> GetHeuristicsAsync(string runId, int partition, CancellationToken cancellationToken);

    /// <summary>Writes the prior of a run.</summary>
    Task PutPriorAsync(string runId, PriorRow prior, CancellationToken cancellationToken);

    /// <summary>The prior of a run, or null before it was asked for.</summary>
    Task<PriorRow?> GetPriorAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Writes a version of the front and then makes it the one in force. A reader sees the old front or the new one, whole.</summary>
    Task PublishFrontAsync(string runId, Front front, CancellationToken cancellationToken);

    /// <summary>The front in force, or the given version; null when there is none.</summary>
    Task<Front?> GetFrontAsync(string runId, int? version, CancellationToken cancellationToken);

    /// <summary>The versions of the front that can be read, in ascending order; the last one is in force.</summary>
    Task<IReadOnlyList<int>> GetFrontVersionsAsync(string runId, CancellationToken cancellationToken);

    /// <summary>The stored answer to a prompt, or null.</summary>
    /// <param name="promptHash">Lower-case hex SHA-256.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<string?> GetChatAnswerAsync(string promptHash, CancellationToken cancellationToken);

    /// <summary>Stores the answer to a prompt.</summary>
    Task PutChatAnswerAsync(string promptHash, string answer, CancellationToken cancellationToken);

    /// <summary>Deletes stored answers that were last written before a time. What is left over is found by the next call.</summary>
    /// <param name="before">Those written then or later stay.</param>
    /// <param name="most">Most that are deleted.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many were deleted.</returns>
    Task<int> DeleteChatAnswersAsync(DateTimeOffset before, int most, CancellationToken cancellationToken);

    /// <summary>Writes the sweep's row, replacing what stands under its id.</summary>
    Task PutSweepAsync(SweepRow sweep, CancellationToken cancellationToken);

    /// <summary>Changes the sweep's row by what stands there, in one step, as <see cref="ChangeRunAsync"/> does a run.</summary>
    Task<SweepRow?> ChangeSweepAsync(string sweepId, Func<SweepRow?, SweepRow?> change, CancellationToken cancellationToken);

    /// <summary>Reads a sweep, or null.</summary>
    Task<SweepRow?> GetSweepAsync(string sweepId, CancellationToken cancellationToken);

    /// <summary>Sweeps by id, the latest date first.</summary>
    /// <param name="pageSize">1 to 1,000.</param>
    /// <param name="continuation">Token of the last page, or null for the first.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<SweepPage> ListSweepsAsync(int pageSize, string? continuation, CancellationToken cancellationToken);

    /// <summary>Writes the watchdog's report in the place of the last one.</summary>
    Task PutWatchdogReportAsync(WatchdogReport report, CancellationToken cancellationToken);

    /// <summary>The watchdog's latest report, or null when it has not looked yet.</summary>
    Task<WatchdogReport?> GetWatchdogReportAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Stores a value under a key unless one is there, in one step: of any number of callers at the same time one wins, and all get the
    /// winner's value.
    /// </summary>
    /// <param name="key">A key (<see cref="StoreGuard.Key"/>).</param>
    /// <param name="value">The value to store.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The value in force: the given one, or the one that was there.</returns>
    Task<string> ClaimAsync(string key, string value, CancellationToken cancellationToken);

    /// <summary>
    /// Puts another value in the place of a claimed one, in one step and only if that one is in force: of any number of callers who expect
    /// the same value one wins.
    /// </summary>
    /// <param name="key">The key, claimed before; when the claim was deleted since, the value is claimed anew.</param>
    /// <param name="expected">The value that must be in force.</param>
    /// <param name="value">The value to put there; another than every caller's at the same time, or they cannot tell who won.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The value in force: the given one, or that of somebody faster.</returns>
    Task<string> ReplaceClaimAsync(string key, string expected, string value, CancellationToken cancellationToken);

    /// <summary>Deletes claims that were last written before a time. What is left over is found by the next call.</summary>
    /// <param name="before">Those written then or later stay.</param>
    /// <param name="most">Most that are deleted.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many were deleted.</returns>
    Task<int> DeleteClaimsAsync(DateTimeOffset before, int most, CancellationToken cancellationToken);

    /// <summary>Stores a latency table and makes it the one in force for its device and data set. Earlier versions stay.</summary>
    Task PutDeviceTableAsync(DeviceTable table, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a version of a latency table unless it is there. The one in force stays; where there is none, this version becomes it.
    /// </summary>
    Task AddDeviceTableAsync(DeviceTable table, CancellationToken cancellationToken);

    /// <summary>The latency table in force, or the given version; null when there is none.</summary>
    Task<DeviceTable?> GetDeviceTableAsync(string device, string dataset, string? version, CancellationToken cancellationToken);

    /// <summary>The latency tables in force, by device, then data set (ordinal).</summary>
    Task<IReadOnlyList<DeviceTableInfo>> ListDeviceTablesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Deletes versions of latency tables that are of no use any more: written before a time, out of force since before it, and not among those
    /// in use. Whoever plans a run while this goes on plans it with the version in force, and an import writes its version anew, so neither
    /// loses one. What is left over is found by the next call.
    /// </summary>
    /// <param name="before">Versions written, or in force, then or later stay.</param>
    /// <param name="used">Versions that runs were planned with.</param>
    /// <param name="most">Most that are deleted.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many were deleted.</returns>
    Task<int> DeleteDeviceTablesAsync(DateTimeOffset before, IReadOnlySet<DeviceTableVersion> used, int most, CancellationToken cancellationToken);
}

/// <summary>A page of runs.</summary>
/// <param name="Runs">The runs, newest first.</param>
/// <param name="Continuation">Token for the next page, or null at the end.</param>
public sealed record RunPage(IReadOnlyList<RunRow> Runs, string? Continuation);
