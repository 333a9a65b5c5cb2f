using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace PelNas.Shared.Storage.Rows.AzureTables;

/// <summary>
/// Rows in the tables of an Azure storage account. Any number of threads may share an instance, and any number of processes the
/// account. A table is created when a request finds it missing.
/// </summary>
public sealed class AzureTablesRowStore : RowStore
{
    private readonly TableServiceClient _service;
    private readonly string _prefix;

    /// <summary>A store in the given account. Nothing is sent yet.</summary>
    /// <param name="service">Client of the table service, with its retries: requests of this store may be sent twice.</param>
    /// <param name="tablePrefix">What the names of all tables begin with: up to 20 letters and digits, a letter first; or empty.</param>
    public AzureTablesRowStore(TableServiceClient service, string tablePrefix = "")
    {
        if (!RowLimits.IsTablePrefix(tablePrefix))
        {
            throw new ArgumentException(
                $"'{tablePrefix}' cannot begin the names of tables. Give up to 20 letters and digits, a letter first, or nothing.",
                nameof(tablePrefix));
        }

        (_service, _prefix) = (service, tablePrefix);
        Location = service.Uri.GetLeftPart(UriPartial.Path);
    }

    /// <summary>Address of the table service.</summary>
    public override string Location { get; }

    private protected override Task<PackedRow?> GetCoreAsync(RowId id, CancellationToken cancellationToken) => RunAsync(
        id.Table,
        async table => await GetAsync(table, id, RowEntity.OnePiece, cancellationToken) is { } entity
            ? await WholeAsync(table, id, entity, cancellationToken)
            : null,
        cancellationToken);

    private protected override Task<RowPage> ReadPageCoreAsync(
        RowQuery query, int atMost, string? continuation, CancellationToken cancellationToken) => RunAsync(
        query.Table,
        async table =>
        {
            string filter = TableClient.CreateQueryFilter($"PartitionKey eq {query.Partition}")
                + (query.From is null ? "" : TableClient.CreateQueryFilter($" and RowKey ge {query.From}"))
                + (query.To is null ? "" : TableClient.CreateQueryFilter($" and RowKey lt {query.To}"));
            AsyncPageable<TableEntity> entities = table.QueryAsync<TableEntity>(
                filter, atMost, query.KeysOnly ? RowEntity.KeyOnly : RowEntity.OnePiece, cancellationToken);
            Page<TableEntity> page = await entities.AsPages(continuation).FirstAsync(cancellationToken);
            List<PackedRow> rows = [];
            foreach (TableEntity entity in page.Values)
            {
                // One that was deleted since the page was read is left out.
                if (await WholeAsync(table, new RowId(query.Table, query.Partition, entity.RowKey), entity, cancellationToken) is { } row)
                {
                    rows.Add(row);
                }
            }

            return new RowPage(rows, page.ContinuationToken);
        },
        cancellationToken);

    private protected override Task<string?> TryWriteCoreAsync(
        string table, string partition, IReadOnlyList<PackedWrite> writes, CancellationToken cancellationToken) => RunAsync(
        table,
        async client =>
        {
            try
            {
                Response response = writes is [var only]
                    ? await WriteAsync(client, RowEntity.Of(partition, only), only.Condition, cancellationToken)
                    : (await client.SubmitTransactionAsync(writes.Select(write => Action(partition, write)), cancellationToken)).Value[^1];
                return response.Headers.ETag!.Value.ToString();
            }
            catch (RequestFailedException exception) when (IsConflict(exception))
            {
                return null;
            }
        },
        cancellationToken);

    private protected override Task<bool> TryDeleteCoreAsync(
        RowId id, RowCondition condition, CancellationToken cancellationToken) => RunAsync(
        id.Table,
        async table =>
        {
            try
            {
                // The client takes a row that is not there for deleted.
                ETag etag = condition.ETag is null ? ETag.All : new ETag(condition.ETag);
                await table.DeleteEntityAsync(id.Partition, id.Key, etag, cancellationToken);
                return true;
            }
            catch (RequestFailedException exception) when (IsConflict(exception))
            {
                return false;
            }
        },
        cancellationToken);

    private protected override async Task DeletePartitionCoreAsync(string table, string partition, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<StoredRow> keys = QueryAsync(new RowQuery(table, partition) { KeysOnly = true }, cancellationToken);
        await foreach (StoredRow[] chunk in keys.Chunk(RowBatch.MaxRows).WithCancellation(cancellationToken))
        {
            if (!await RunAsync(table, client => TryDeleteAllAsync(client, chunk, cancellationToken), cancellationToken))
            {
                foreach (StoredRow row in chunk)
                {
                    await TryDeleteCoreAsync(row.Id, RowCondition.Any, cancellationToken);
                }
            }
        }
    }

    /// <summary>Deletes rows of one partition together.</summary>
    /// <returns>False when one was gone, be it by this client, which lost the answer. The service then keeps the others.</returns>
    private static async Task<bool> TryDeleteAllAsync(TableClient client, StoredRow[] rows, CancellationToken cancellationToken)
    {
        try
        {
            IEnumerable<TableEntity> entities = rows.Select(row => new TableEntity(row.Id.Partition, row.Id.Key));
            await client.SubmitTransactionAsync(
                entities.Select(entity => new TableTransactionAction(TableTransactionActionType.Delete, entity, ETag.All)),
                cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException exception) when (IsConflict(exception))
        {
            return false;
        }
    }

    private static Task<Response> WriteAsync(
        TableClient client, TableEntity entity, RowCondition condition, CancellationToken cancellationToken) => condition switch
        {
            { MustBeAbsent: true } => client.AddEntityAsync(entity, cancellationToken),
            { ETag: { } etag } => client.UpdateEntityAsync(entity, new ETag(etag), TableUpdateMode.Replace, cancellationToken),
            _ => client.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken),
        };

    private static TableTransactionAction Action(string partition, PackedWrite write) => write.Condition switch
    {
        { MustBeAbsent: true } => new(TableTransactionActionType.Add, RowEntity.Of(partition, write)),
        { ETag: { } etag } => new(TableTransactionActionType.UpdateReplace, RowEntity.Of(partition, write), new ETag(etag)),
        _ => new(TableTransactionActionType.UpsertReplace, RowEntity.Of(partition, write)),
    };

    private static bool IsConflict(RequestFailedException exception)
        => exception.Status == 412 || exception.ErrorCode == TableErrorCode.ResourceNotFound
            || exception.ErrorCode == TableErrorCode.EntityAlreadyExists;

    private static async Task<TableEntity?> GetAsync(
        TableClient table, RowId id, IEnumerable<string>? properties, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> response =
            await table.GetEntityIfExistsAsync<TableEntity>(id.Partition, id.Key, properties, cancellationToken);
        return response.HasValue ? response.Value : null;
    }

    /// <summary>
    /// The row of an entity that was read in one piece. Few rows have more, and to read those again costs less than to ask for all
    /// properties of every row, which brings its partition and its time too.
    /// </summary>
    private static async Task<PackedRow?> WholeAsync(TableClient table, RowId id, TableEntity entity, CancellationToken cancellationToken)
        => !RowEntity.MayHaveMore(entity) ? RowEntity.ToRow(entity, id.Key)
            : await GetAsync(table, id, null, cancellationToken) is { } whole ? RowEntity.ToRow(whole, id.Key)
            : null;

    private async Task<T> RunAsync<T>(string table, Func<TableClient, Task<T>> work, CancellationToken cancellationToken)
    {
        TableClient client = _service.GetTableClient(_prefix + table);
        try
        {
            try
            {
                return await work(client);
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == TableErrorCode.TableNotFound)
            {
                await client.CreateIfNotExistsAsync(cancellationToken);
                return await work(client);
            }
        }
        catch (Exception exception) when (StorageFaults.Translate(Location, exception, cancellationToken) is { } fault)
        {
            throw fault;
        }
    }
}
