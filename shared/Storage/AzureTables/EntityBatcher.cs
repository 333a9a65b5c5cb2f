using Azure.Data.Tables;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>
/// Cuts operations on one partition into batches that the service takes whole: at most 100 operations and 4 MiB each, every row once.
/// https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions
/// </summary>
internal static class EntityBatcher
{
    /// <summary>Most operations in a batch.</summary>
    public const int MaxOperations = 100;

    /// <summary>Most bytes in the body of a batch request.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    // What the request has around its parts.
    private const int Envelope = 1024;

    /// <summary>The batches, in order, none of them empty.</summary>
    /// <exception cref="ArgumentException">Operations on two partitions, a row that stands twice, or an entity over the limits.</exception>
    public static IReadOnlyList<IReadOnlyList<TableTransactionAction>> Split(IEnumerable<TableTransactionAction> operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        List<IReadOnlyList<TableTransactionAction>> batches = [];
        List<TableTransactionAction> batch = [];
        HashSet<string> rows = [];
        string? partition = null;
        int bytes = Envelope;
        foreach (TableTransactionAction operation in operations)
        {
            Check(operation, partition ??= operation.Entity.PartitionKey, rows);
            int size = RequestSize.Of(operation);
            if (batch.Count == MaxOperations || (batch.Count > 0 && bytes + size > MaxBytes))
            {
                batches.Add(batch);
                (batch, bytes) = ([], Envelope);
            }

            batch.Add(operation);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            batches.Add(batch);
        }

        return batches;
    }

    private static void Check(TableTransactionAction operation, string partition, HashSet<string> rows)
    {
        if (operation.Entity.PartitionKey != partition)
        {
            throw new ArgumentException($"A batch has one partition key, and here are '{partition}' and '{operation.Entity.PartitionKey}'.");
        }

        if (!rows.Add(operation.Entity.RowKey))
        {
            throw new ArgumentException($"The row '{operation.Entity.RowKey}' stands twice in the operations on '{partition}'. Join them first.");
        }

        if (operation.Entity is not TableEntity entity)
        {
            throw new ArgumentException($"An entity of type {operation.Entity.GetType().Name} cannot be measured. Give a {nameof(TableEntity)}.");
        }

        EntityLimits.Check(entity);
    }
}
