using Azure.Data.Tables;
using PelNas.Shared.Storage.Rows;

namespace PelNas.Shared.Storage;

/// <summary>
/// Where results are kept, from the configuration section <c>PelNas:Storage</c>. With nothing set it is a SQLite file in the data folder.
/// </summary>
public sealed class StorageOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "PelNas:Storage";

    private const string Setting = "PelNas__Storage__";
    private const string EmulatorAccount = "devstoreaccount1";

    /// <summary>Address of the account's table service, for example <c>https://myaccount.table.core.windows.net</c>.</summary>
    public string TableServiceUri { get; set; } = "";

    /// <summary>
    /// Client id of the user-assigned managed identity that signs in; empty for what the environment offers
    /// (<c>DefaultAzureCredential</c>).
    /// </summary>
    public string ClientId { get; set; } = "";

    /// <summary>
    /// Connection string of the emulator, for example <c>UseDevelopmentStorage=true</c>. Accounts in Azure are for identities and not for
    /// keys.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>What the names of all tables begin with, when several installations share an account.</summary>
    public string TablePrefix { get; set; } = "";

    /// <summary>Whether results are kept in a storage account.</summary>
    public bool UsesAzureTables => TableServiceUri.Length > 0 || ConnectionString.Length > 0;

    /// <summary>What is wrong with the settings, a sentence each that names the setting and the fix.</summary>
    public IEnumerable<string> Problems()
    {
        if (TableServiceUri.Length > 0 && ConnectionString.Length > 0)
        {
            yield return $"{Setting}TableServiceUri and {Setting}ConnectionString are both set; keep one of them.";
        }

        if (TableServiceUri.Length == 0 && ClientId.Length > 0)
        {
            yield return $"{Setting}ClientId means nothing without {Setting}TableServiceUri; set it too.";
        }

        if (TableServiceUri.Length > 0 && !IsServiceUri(TableServiceUri))
        {
            yield return $"{Setting}TableServiceUri is not an address of a table service; give one like "
                + "https://myaccount.table.core.windows.net, without a query.";
        }

        if (ConnectionString.Length > 0 && !IsOfEmulator(ConnectionString))
        {
            yield return $"{Setting}ConnectionString is not one of the emulator. For an account in Azure set {Setting}TableServiceUri "
                + "and give the app's identity the roles it needs.";
        }

        if (!RowLimits.IsTablePrefix(TablePrefix))
        {
            yield return $"{Setting}TablePrefix must be up to 20 letters and digits, a letter first.";
        }
    }

    // A query could hold a signature, which is a secret.
    private static bool IsServiceUri(string text)
        => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Query.Length == 0
            && uri.UserInfo.Length == 0;

    private static bool IsOfEmulator(string connectionString)
    {
        try
        {
            TableServiceClient client = new(connectionString);
            return client.AccountName == EmulatorAccount;
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }
}
