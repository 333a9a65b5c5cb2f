using Microsoft.Data.Sqlite;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Values of which the first one stays. They belong to no run.</summary>
internal static class ClaimTable
{
    /// <summary>Stores the value unless one is there, and returns the one in force. Needs a write transaction: it writes, then reads.</summary>
    public static string Claim(SqliteConnection connection, string key, string value)
    {
        connection.Execute("INSERT INTO claims (key, value) VALUES ($key, $value) ON CONFLICT DO NOTHING", ("$key", key), ("$value", value));
        return connection.Query("SELECT value FROM claims WHERE key = $key", reader => reader.GetString(0), ("$key", key)).Single();
    }
}
