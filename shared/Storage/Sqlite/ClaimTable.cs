using Microsoft.Data.Sqlite;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Values of which the first one stays until it is replaced. They belong to no run.</summary>
internal static class ClaimTable
{
    /// <summary>Stores the value unless one is there, and returns the one in force. Needs a write transaction: it writes, then reads.</summary>
    public static string Claim(SqliteConnection connection, string key, string value, DateTimeOffset now)
    {
        connection.Execute(
            "INSERT INTO claims (key, value, written_at) VALUES ($key, $value, $now) ON CONFLICT DO NOTHING",
            ("$key", key), ("$value", value), ("$now", TimeColumn.Text(now)));
        return Get(connection, key);
    }

    /// <summary>
    /// Puts a value in the place of the expected one, if that is in force or none is, and returns the one that is now. Needs a write transaction.
    /// </summary>
    public static string Replace(SqliteConnection connection, string key, string expected, string value, DateTimeOffset now)
    {
        connection.Execute(
            """
            INSERT INTO claims (key, value, written_at) VALUES ($key, $value, $now)
            ON CONFLICT DO UPDATE SET value = excluded.value, written_at = excluded.written_at WHERE value = $expected
            """,
            ("$key", key), ("$expected", expected), ("$value", value), ("$now", TimeColumn.Text(now)));
        return Get(connection, key);
    }

    /// <summary>Deletes the oldest that were written before a time, and returns how many.</summary>
    public static int Delete(SqliteConnection connection, DateTimeOffset before, int most) => connection.Execute(
        "DELETE FROM claims WHERE key IN (SELECT key FROM claims WHERE written_at < $before ORDER BY written_at LIMIT $most)",
        ("$before", TimeColumn.Text(before)), ("$most", most));

    private static string Get(SqliteConnection connection, string key)
        => connection.Query("SELECT value FROM claims WHERE key = $key", reader => reader.GetString(0), ("$key", key)).Single();
}
