using PelNas.Functions;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Rows;
using PelNas.Shared.Storage.Rows.AzureTables;
using PelNas.Shared.Storage.Rows.Sqlite;

namespace PelNas.Cli.Hosting;

/// <summary>What people write for a store: a storage account, or a folder with the embedded store.</summary>
internal static class StoreAddress
{
    /// <summary>Sets the account that an address names, instead of another.</summary>
    public static void SetAccount(StorageOptions options, string address)
    {
        (options.TableServiceUri, options.ConnectionString) = IsUri(address) ? (address, "") : ("", address);
        if (!IsUri(address))
        {
            options.ClientId = "";
        }
    }

    /// <summary>What is wrong with the address of an account, or null.</summary>
    public static string? AccountProblem(string address)
        => IsAccount(address)
            ? Of(address).Problems().FirstOrDefault()
            : "give the address of a table service, such as https://myaccount.table.core.windows.net, or UseDevelopmentStorage=true; a "
                + "folder is given with --data.";

    /// <summary>Opens the store at an address.</summary>
    /// <exception cref="UsageException">It names no store.</exception>
    public static IRowStore Open(string address, string option)
    {
        if (!IsAccount(address))
        {
            return new SqliteRowStore(address.EndsWith(".db", StringComparison.Ordinal) ? address : PelNasServices.StorePath(address));
        }

        return Of(address) is var options && options.Problems().FirstOrDefault() is { } problem
            ? throw new UsageException($"{option}: {problem}")
            : RowStores.Open(options, file: "");
    }

    /// <summary>Whether two stores are the same file or account, however their addresses are written.</summary>
    public static bool AreSame(IRowStore one, IRowStore other) => (one, other) switch
    {
        (SqliteRowStore first, SqliteRowStore second) => first.Location == second.Location,
        (AzureTablesRowStore first, AzureTablesRowStore second) =>
            string.Equals(first.Location.TrimEnd('/'), second.Location.TrimEnd('/'), StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static StorageOptions Of(string address)
    {
        StorageOptions options = new();
        SetAccount(options, address);
        return options;
    }

    private static bool IsAccount(string address) => IsUri(address) || address.Contains('=', StringComparison.Ordinal);

    private static bool IsUri(string address)
        => address.Contains("://", StringComparison.Ordinal) && !address.Contains('=', StringComparison.Ordinal);
}
