using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using PelNas.Shared.Storage.Rows.AzureTables;
using PelNas.Shared.Storage.Rows.Sqlite;

namespace PelNas.Shared.Storage.Rows;

/// <summary>Opens the store that the settings ask for.</summary>
public static class RowStores
{
    /// <summary>Opens a store. Nothing is sent or written yet.</summary>
    /// <param name="options">Settings without <see cref="StorageOptions.Problems"/>.</param>
    /// <param name="file">The SQLite file for when no account is set.</param>
    public static IRowStore Open(StorageOptions options, string file)
        => options.UsesAzureTables ? new AzureTablesRowStore(Client(options), options.TablePrefix) : new SqliteRowStore(file);

    private static TableServiceClient Client(StorageOptions options)
    {
        TableClientOptions client = Configured();
        if (options.ConnectionString.Length > 0)
        {
            return new TableServiceClient(options.ConnectionString, client);
        }

        TokenCredential identity = options.ClientId.Length > 0
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(options.ClientId))
            : new DefaultAzureCredential();
        return new TableServiceClient(new Uri(options.TableServiceUri), identity, client);
    }

    /// <summary>
    /// The client's own retries, with growing pauses from 0.8 s to 10 s: some 25 s in all. The requests of this store may be sent twice.
    /// </summary>
    internal static TableClientOptions Configured()
    {
        TableClientOptions options = new();
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 5;
        options.Retry.MaxDelay = TimeSpan.FromSeconds(10);
        // A request carries 4 MiB at most; one that takes longer is lost.
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        return options;
    }
}
