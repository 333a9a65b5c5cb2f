using Microsoft.Data.Sqlite;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Values of which the first one stays until it is replaced. They belong to no run.</summary>
internal static class ClaimTable
{
    /// <summary>Stores the value unless one is there, and returns the one in force. Needs a write transaction: it writes, then reads.</summary>
    public static string Claim(SqliteConnection connection, string key, string value)
    {
        connection.Execute("INSERT INTO claims (key, value) VALUES ($key, $value) ON CONFLICT DO NOTHING", ("$key", key), ("$value", value));
        return Get(connection, key);
    }

    /// <summary>Puts a value in the place of the expected one, if that is in force, and returns the one that is now. Needs a write transaction.</summary>
    public static string Replace(SqliteConnection connection, string key, string expected, string value)
    {
        connection.Execute("UPDATE claims SET value = $value WHERE key = $key AND value = $expected", ("$key", key), ("$expected", expected), ("$value", value));
        return Get(connection, key);
    }

    private static string Get(SqliteConnection connection, string key)
        => connection.Query("SELECT value FROM claims WHERE key = $key", reader => reader.GetString(0), ("$key", key)).Single();
}
