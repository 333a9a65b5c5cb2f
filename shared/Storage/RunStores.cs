using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace PelNas.Shared.Storage;

/// <summary>Opens the store that the settings ask for.</summary>
public static class RunStores
{
    /// <summary>Opens a store. Nothing is sent or written yet.</summary>
    /// <param name="options">Settings without <see cref="StorageOptions.Problems"/>.</param>
    /// <param name="file">The SQLite file for when no account is set.</param>
    /// <param name="time">Clock of the SQLite file; that of the system unless given. A storage account goes by its own.</param>
    public static IRunStore Open(StorageOptions options, string file, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.UsesAzureTables ? OpenTables(options) : new SqliteRunStore(file, time: time);
    }

    private static AzureTablesRunStore OpenTables(StorageOptions options)
    {
        TableClientOptions tables = Configured(new TableClientOptions());
        BlobClientOptions blobs = Configured(new BlobClientOptions());
        if (options.ConnectionString.Length > 0)
        {
            return new AzureTablesRunStore(
                new TableServiceClient(options.ConnectionString, tables), new BlobServiceClient(options.ConnectionString, blobs), options.TablePrefix);
        }

        TokenCredential identity = options.ClientId.Length > 0
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(options.ClientId))
            : new DefaultAzureCredential();
        return new AzureTablesRunStore(
            new TableServiceClient(new Uri(options.TableServiceUri), identity, tables), new BlobServiceClient(options.Blobs, identity, blobs), options.TablePrefix);
    }

    /// <summary>
    /// The client's own retries, with growing pauses from 0.8 s to 10 s: some 25 s in all. The requests of this store may be sent twice.
    /// </summary>
    internal static T Configured<T>(T options)
        where T : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 5;
        options.Retry.MaxDelay = TimeSpan.FromSeconds(10);
        // A request carries 4 MiB at most; one that takes longer is lost.
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        return options;
    }
}
