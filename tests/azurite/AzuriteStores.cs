using System.Globalization;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Rows.AzureTables;

namespace PelNas.Tests.Azurite;

/// <summary>Opens stores on tables of their own in the emulator.</summary>
public sealed class AzuriteStores(AzuriteServer server) : IDisposable
{
    private static int Installations;

    private readonly List<AzureTablesRunStore> _opened = [];

    /// <summary>What the names of this test's tables begin with.</summary>
    public string Prefix { get; } = string.Create(CultureInfo.InvariantCulture, $"T{Interlocked.Increment(ref Installations)}x");

    public void Dispose() => _opened.ForEach(store => store.Dispose());

    /// <summary>A store on these tables, as another process would have.</summary>
    /// <param name="tables">Address of the table service, if something stands in front of it.</param>
    /// <param name="configure">Sets options of both clients.</param>
    /// <param name="blobs">Address of the blob service, if something stands in front of it.</param>
    public AzureTablesRunStore Open(Uri? tables = null, Action<ClientOptions>? configure = null, Uri? blobs = null)
    {
        AzureTablesRunStore store = new(Tables(tables, configure), Blobs(configure, blobs), Prefix);
        _opened.Add(store);
        return store;
    }

    /// <summary>A store of rows on these tables, as another process would have.</summary>
    public AzureTablesRowStore OpenRows(Uri? tables = null, Action<ClientOptions>? configure = null) => new(Tables(tables, configure), Prefix);

    /// <summary>A client of one of these tables, for what only the service can show.</summary>
    public TableClient Table(string name) => Tables().GetTableClient(Prefix + name);

    /// <summary>A client of these blobs.</summary>
    public BlobContainerClient Container() => Blobs(null).GetBlobContainerClient((Prefix + "pelnas").ToLowerInvariant());

    private TableServiceClient Tables(Uri? tables = null, Action<ClientOptions>? configure = null)
    {
        TableClientOptions options = new();
        configure?.Invoke(options);
        return new TableServiceClient(server.ConnectionString(tables), options);
    }

    private BlobServiceClient Blobs(Action<ClientOptions>? configure, Uri? blobs = null)
    {
        BlobClientOptions options = new();
        configure?.Invoke(options);
        return new BlobServiceClient(server.ConnectionString(blobs: blobs), options);
    }
}
