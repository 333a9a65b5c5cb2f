using Azure.Data.Tables;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>
/// Runs that were deleted and must not come back by what is written late. A run's rows lie in many partitions, which no transaction spans,
/// so a writer looks for the tombstone before it writes and once more afterwards: a deletion puts it before it looks for rows, so it
/// either finds what was written, or the writer finds the tombstone and takes back what it wrote. Rows are deleted only while their
/// run's tombstone stands: a run that is opened again meanwhile keeps what is written from then on.
/// </summary>
internal sealed class TombstoneTable(StorageAccount account, RunTable runs)
{
    // The look comes after all the retries of the write itself, and nobody can cancel it.
    private static readonly TimeSpan LongestSecondLook = TimeSpan.FromMinutes(1);

    private EntityTable Rows => account[TableNames.Tombstones];

    /// <summary>Deletes a run and leaves a tombstone.</summary>
    public async Task DeleteRunAsync(string runId, CancellationToken cancellationToken)
    {
        await Rows.PutAsync(new TableEntity(TableKeys.Tombstones(runId), runId), cancellationToken);
        await DeleteRowsAsync(runId, cancellationToken);
    }

    /// <summary>Removes the tombstone of a run, if there is one.</summary>
    public Task RemoveAsync(string runId, CancellationToken cancellationToken) => Rows.DeleteAsync(TableKeys.Tombstones(runId), runId, cancellationToken);

    /// <summary>Writes to a run, unless it was deleted, be it meanwhile.</summary>
    /// <exception cref="RunDeletedException">It was; nothing of the write is left.</exception>
    public async Task<T> WriteToAsync<T>(string runId, Func<Task<T>> write, CancellationToken cancellationToken)
    {
        if (await IsThereAsync(runId, cancellationToken))
        {
            throw new RunDeletedException(runId);
        }

        try
        {
            return await write();
        }
        finally
        {
            // Of a write that failed some may stand, and all of it when only the answer was lost.
            await TakeBackIfDeletedAsync(runId);
        }
    }

    /// <summary>
    /// Deletes tombstones that were put before a time by the service's clock, partition by partition, and returns how many. A writer that
    /// ended between its write and its second look left rows, so the run is deleted once more.
    /// </summary>
    public Task<int> DeleteAsync(DateTimeOffset before, int most, CancellationToken cancellationToken) => Rows.DeleteWrittenBeforeAsync(
        TableKeys.HashPartitions,
        before,
        most,
        async row =>
        {
            // A run that was opened again since the page was read is no business of a purge, nor is one that was deleted anew.
            if ((await GetAsync(row.RowKey, cancellationToken))?.ETag != row.ETag)
            {
                return false;
            }

            await DeleteRowsAsync(row.RowKey, cancellationToken);
            return await Rows.TryDeleteAsync(row, cancellationToken);
        },
        cancellationToken);

    /// <summary>
    /// Deletes what was written to a run that was deleted meanwhile, even when the caller has been cancelled. A look that fails says nothing
    /// about the write, which stands: a ledger that took it for failed would book it twice. What it left goes with the tombstone.
    /// </summary>
    /// <exception cref="RunDeletedException">The run was deleted; nothing of the write is left.</exception>
    private async Task TakeBackIfDeletedAsync(string runId)
    {
        bool isDeleted;
        using CancellationTokenSource patience = new(LongestSecondLook);
        try
        {
            isDeleted = await IsThereAsync(runId, patience.Token);
        }
        catch (Exception exception) when (StorageFaults.Translate(account.Location, exception, CancellationToken.None) is not null)
        {
            return;
        }

        if (isDeleted)
        {
            await DeleteRowsAsync(runId, CancellationToken.None);
            throw new RunDeletedException(runId);
        }
    }

    private Task DeleteRowsAsync(string runId, CancellationToken cancellationToken)
        => runs.DeleteAsync(runId, isDeleted: () => IsThereAsync(runId, cancellationToken), cancellationToken);

    private async Task<bool> IsThereAsync(string runId, CancellationToken cancellationToken) => await GetAsync(runId, cancellationToken) is not null;

    private Task<TableEntity?> GetAsync(string runId, CancellationToken cancellationToken)
        => Rows.GetAsync(TableKeys.Tombstones(runId), runId, cancellationToken);
}
