using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>
/// One table. It reads points and ranges of one partition, and for a deletion those of one owner, so that no caller can scan it; what it
/// writes is checked against the service's limits first.
/// </summary>
internal sealed class EntityTable(TableClient client)
{
    // Batches of one call under way at the same time. More would only meet the service's limit of a partition, 2,000 entities a second.
    private const int BatchesAtOnce = 4;

    /// <summary>Reads one entity, or null.</summary>
    public async Task<TableEntity?> GetAsync(string partition, string row, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> response = await client.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        return response.HasValue ? response.Value : null;
    }

    /// <summary>Reads a range of one partition, by row key.</summary>
    /// <param name="partition">The partition key.</param>
    /// <param name="range">Which rows.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public AsyncPageable<TableEntity> Range(string partition, RowRange range, CancellationToken cancellationToken)
        => client.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition}") + range.Filter, range.PageSize, cancellationToken: cancellationToken);

    /// <summary>Reads a range of one partition into a list.</summary>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(
        string partition, RowRange range, Func<TableEntity, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        List<T> rows = [];
        await foreach (TableEntity entity in Range(partition, range, cancellationToken))
        {
            rows.Add(await read(entity, cancellationToken));
        }

        return rows;
    }

    /// <summary>Writes one entity in the place of what stands under its keys.</summary>
    public Task PutAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        EntityLimits.Check(entity);
        return client.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Writes one entity unless one stands under its keys.</summary>
    /// <returns>Whether it was written by this call.</returns>
    public async Task<bool> AddAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        EntityLimits.Check(entity);
        try
        {
            await client.AddEntityAsync(entity, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            return false;
        }
    }

    /// <summary>Writes one entity in the place of the one with the given ETag.</summary>
    /// <returns>False when it had changed or was gone.</returns>
    public async Task<bool> ReplaceAsync(TableEntity entity, ETag version, CancellationToken cancellationToken)
    {
        EntityLimits.Check(entity);
        try
        {
            await client.UpdateEntityAsync(entity, version, TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (IsConflict(exception))
        {
            return false;
        }
    }

    /// <summary>Runs operations on one partition that take effect together or not at all.</summary>
    /// <returns>False when a row had changed, was there already or was gone, against a condition; then nothing was changed.</returns>
    public async Task<bool> TryTransactAsync(IReadOnlyCollection<TableTransactionAction> operations, CancellationToken cancellationToken)
    {
        if (EntityBatcher.Split(operations) is not [var batch])
        {
            throw new ArgumentException($"{operations.Count} operations do not fit into one transaction.", nameof(operations));
        }

        try
        {
            await client.SubmitTransactionAsync(batch, cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException exception) when (IsConflict(exception))
        {
            return false;
        }
    }

    /// <summary>Writes any number of entities of one partition in batches. Should it be cut short, some are written and the call may be made again.</summary>
    public Task WriteAsync(IEnumerable<TableEntity> entities, TableTransactionActionType how, CancellationToken cancellationToken)
        => SubmitAsync(entities.Select(entity => new TableTransactionAction(how, entity)), cancellationToken);

    /// <summary>Runs any number of operations on one partition in batches, each of which takes effect whole or not at all.</summary>
    /// <returns>The operations of those batches of which a row had changed, was there already or was gone, against a condition.</returns>
    public async Task<IReadOnlyCollection<TableTransactionAction>> TryWriteAsync(
        IEnumerable<TableTransactionAction> operations, CancellationToken cancellationToken)
    {
        ConcurrentBag<TableTransactionAction> refused = [];
        await ForEachBatchAsync(
            operations,
            BatchesAtOnce,
            async (batch, token) =>
            {
                if (!await TryTransactAsync(batch, token))
                {
                    foreach (TableTransactionAction operation in batch)
                    {
                        refused.Add(operation);
                    }
                }
            },
            cancellationToken);
        return refused;
    }

    /// <summary>Deletes all rows of a partition, by row key.</summary>
    public Task DeletePartitionAsync(string partition, CancellationToken cancellationToken)
        => DeleteAsync(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), inOrder: true, cancellationToken);

    /// <summary>
    /// Deletes all rows of the partitions whose key is the given one, a colon, and more. The keys lie side by side, so the service reads
    /// these partitions and no other.
    /// </summary>
    public Task DeletePartitionsOfAsync(string owner, CancellationToken cancellationToken)
        => DeleteAsync(TableClient.CreateQueryFilter($"PartitionKey ge {owner + ":"} and PartitionKey lt {owner + ";"}"), inOrder: false, cancellationToken);

    /// <summary>Deletes one entity; none there is fine.</summary>
    public Task DeleteAsync(string partition, string row, CancellationToken cancellationToken)
        => client.DeleteEntityAsync(partition, row, ETag.All, cancellationToken);

    /// <summary>Deletes one entity if it is the one with the given ETag; none there is fine.</summary>
    /// <returns>False when it had changed.</returns>
    public async Task<bool> TryDeleteAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteEntityAsync(entity.PartitionKey, entity.RowKey, entity.ETag, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (IsConflict(exception))
        {
            return false;
        }
    }

    /// <summary>Makes the service note the time of an entity's last write anew.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> TouchAsync(string partition, string row, CancellationToken cancellationToken)
    {
        try
        {
            await client.UpdateEntityAsync(new TableEntity(partition, row), ETag.All, TableUpdateMode.Merge, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == TableErrorCode.ResourceNotFound)
        {
            return false;
        }
    }

    /// <summary>
    /// Deletes entities that were last written before a time by the service's clock, partition by partition. One that is written to meanwhile stays.
    /// </summary>
    /// <param name="partitions">The partitions.</param>
    /// <param name="before">Those written then or later stay.</param>
    /// <param name="most">Most that are deleted.</param>
    /// <param name="tryDelete">Deletes one and says whether it did.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteWrittenBeforeAsync(
        IEnumerable<string> partitions, DateTimeOffset before, int most, Func<TableEntity, Task<bool>> tryDelete, CancellationToken cancellationToken)
    {
        int deleted = 0;
        foreach (string partition in partitions.TakeWhile(_ => deleted < most))
        {
            RowRange range = RowRange.WrittenBefore(before).InPagesOf(Math.Min(most - deleted, StoreGuard.MaxPageSize));
            await foreach (TableEntity row in Range(partition, range, cancellationToken).Take(most - deleted))
            {
                if (await tryDelete(row))
                {
                    deleted++;
                }
            }
        }

        return deleted;
    }

    private static bool IsConflict(RequestFailedException exception)
        => (exception.Status is 409 or 412 && exception.ErrorCode != TableErrorCode.TableBeingDeleted) || exception.ErrorCode == TableErrorCode.ResourceNotFound;

    private async Task DeleteAsync(string filter, bool inOrder, CancellationToken cancellationToken)
    {
        AsyncPageable<TableEntity> rows = client.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken);
        await foreach (Page<TableEntity> page in rows.AsPages())
        {
            foreach (IGrouping<string, TableEntity> partition in page.Values.GroupBy(row => row.PartitionKey))
            {
                IEnumerable<TableTransactionAction> operations = partition.Select(
                    row => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(row.PartitionKey, row.RowKey), ETag.All));
                await ForEachBatchAsync(operations, inOrder ? 1 : BatchesAtOnce, DeleteBatchAsync, cancellationToken);
            }
        }
    }

    private async ValueTask DeleteBatchAsync(IReadOnlyList<TableTransactionAction> batch, CancellationToken cancellationToken)
    {
        try
        {
            await client.SubmitTransactionAsync(batch, cancellationToken);
        }
        catch (TableTransactionFailedException exception) when (exception.Status == 404 && exception.ErrorCode != TableErrorCode.TableNotFound)
        {
            // Somebody else, or this client before it lost the answer, deleted one of them, and the service refuses the rest with it.
            foreach (TableTransactionAction operation in batch)
            {
                await DeleteAsync(operation.Entity.PartitionKey, operation.Entity.RowKey, cancellationToken);
            }
        }
    }

    private Task SubmitAsync(IEnumerable<TableTransactionAction> operations, CancellationToken cancellationToken)
        => ForEachBatchAsync(operations, BatchesAtOnce, async (batch, token) => await client.SubmitTransactionAsync(batch, token), cancellationToken);

    private static Task ForEachBatchAsync(
        IEnumerable<TableTransactionAction> operations,
        int atOnce,
        Func<IReadOnlyList<TableTransactionAction>, CancellationToken, ValueTask> submit,
        CancellationToken cancellationToken)
        => Parallel.ForEachAsync(
            EntityBatcher.Split(operations), new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, submit);
}
