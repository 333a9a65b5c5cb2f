using Azure.Data.Tables;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>
/// Runs that were deleted and must not come back by what is written late. A run's rows lie in many partitions, which no transaction spans,
/// so a writer looks for the tombstone before it writes and once more afterwards: a deletion puts it before it looks for rows, so it
/// either finds what was written, or the writer finds the tombstone and takes back what it wrote.
/// </summary>
internal sealed class TombstoneTable(StorageAccount account, RunTable runs)
{
    private EntityTable Rows => account[TableNames.Tombstones];

    /// <summary>Deletes a run and leaves a tombstone.</summary>
    public async Task DeleteRunAsync(string runId, CancellationToken cancellationToken)
    {
        await Rows.PutAsync(new TableEntity(TableKeys.Tombstones(runId), runId), cancellationToken);
        await runs.DeleteAsync(runId, cancellationToken);
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

        T result = await write();

        // The write stands: it is looked after even when the caller has been cancelled meanwhile.
        if (await IsThereAsync(runId, CancellationToken.None))
        {
            await runs.DeleteAsync(runId, CancellationToken.None);
            throw new RunDeletedException(runId);
        }

        return result;
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
            // One that was opened again since the page was read is no business of a purge.
            bool isThere = await IsThereAsync(row.RowKey, cancellationToken);
            if (isThere)
            {
                await runs.DeleteAsync(row.RowKey, cancellationToken);
                await RemoveAsync(row.RowKey, cancellationToken);
            }

            return isThere;
        },
        cancellationToken);

    private async Task<bool> IsThereAsync(string runId, CancellationToken cancellationToken)
        => await Rows.GetAsync(TableKeys.Tombstones(runId), runId, cancellationToken) is not null;
}
