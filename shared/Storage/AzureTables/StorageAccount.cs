using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>The tables and the blob container of one installation in a storage account. Creates what is missing once, and turns faults of the service into errors for people.</summary>
internal sealed class StorageAccount(TableServiceClient tables, BlobServiceClient blobs, string prefix) : IDisposable
{
    private readonly SemaphoreSlim _creation = new(1, 1);
    private readonly Dictionary<string, EntityTable> _tables = TableNames.All.ToDictionary(name => name, name => new EntityTable(tables.GetTableClient(prefix + name)));
    private volatile bool _created;

    /// <summary>The address that errors name.</summary>
    public string Location { get; } = tables.Uri.GetLeftPart(UriPartial.Path);

    /// <summary>The bodies that are too large for an entity.</summary>
    public BodyBlobs Bodies { get; } = new(blobs.GetBlobContainerClient((prefix + TableNames.Container).ToLowerInvariant()));

    /// <summary>A table, to be used inside <see cref="RunAsync{T}"/>.</summary>
    public EntityTable this[string name] => _tables[name];

    /// <summary>Creates the tables and the container unless that was done.</summary>
    /// <exception cref="StoreException">The account cannot be reached or refuses.</exception>
    public Task CreateAsync(CancellationToken cancellationToken) => RunAsync(() => Task.CompletedTask, cancellationToken);

    /// <summary>Runs reads and writes.</summary>
    /// <exception cref="StoreException">The account cannot be reached, refuses, or holds what cannot be read.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            if (!_created)
            {
                await CreateOnceAsync(cancellationToken);
            }

            return await work();
        }
        catch (JsonException exception)
        {
            throw new StoreException(Location, $"holds a row that cannot be read ({exception.Message})", "Delete the run it belongs to.", exception);
        }
        catch (Exception exception) when (StorageFaults.Translate(Location, exception, cancellationToken) is { } fault)
        {
            throw fault;
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<Task> work, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            await work();
            return true;
        },
        cancellationToken);

    public void Dispose() => _creation.Dispose();

    private async Task CreateOnceAsync(CancellationToken cancellationToken)
    {
        await _creation.WaitAsync(cancellationToken);
        try
        {
            if (!_created)
            {
                await Task.WhenAll([.. TableNames.All.Select(name => tables.CreateTableIfNotExistsAsync(prefix + name, cancellationToken)), Bodies.CreateAsync(cancellationToken)]);
                _created = true;
            }
        }
        finally
        {
            _creation.Release();
        }
    }
}
