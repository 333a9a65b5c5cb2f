using Azure.Core;
using Azure.Data.Tables;
using PelNas.Shared.Storage.Rows.AzureTables;

namespace PelNas.Tests.Azurite;

/// <summary>Opens stores on tables of their own in the emulator.</summary>
public sealed class AzuriteStores(AzuriteServer server)
{
    private static int Installations;

    /// <summary>What the names of this test's tables begin with.</summary>
    public string Prefix { get; } = $"T{Interlocked.Increment(ref Installations)}x";

    /// <summary>A store of rows on these tables, as another process would have.</summary>
    /// <param name="tables">Address of the table service, if something stands in front of it.</param>
    /// <param name="configure">Sets options of the client.</param>
    public AzureTablesRowStore OpenRows(Uri? tables = null, Action<ClientOptions>? configure = null)
        => new(Tables(tables, configure), Prefix);

    /// <summary>A client of one of these tables, for what only the service can show.</summary>
    public TableClient Table(string name) => Tables().GetTableClient(Prefix + name);

    private TableServiceClient Tables(Uri? tables = null, Action<ClientOptions>? configure = null)
    {
        TableClientOptions options = new();
        configure?.Invoke(options);
        return new TableServiceClient(server.ConnectionString(tables), options);
    }
}
