using Microsoft.Data.Sqlite;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>The latest report of the watchdog, in a table of one row.</summary>
internal static class WatchdogTable
{
    public static void Put(SqliteConnection connection, string body) => connection.Execute(
        "INSERT INTO watchdog (id, body) VALUES (1, $body) ON CONFLICT DO UPDATE SET body = excluded.body", ("$body", body));

    public static WatchdogReport? Get(SqliteConnection connection) => connection.Query(
        "SELECT body FROM watchdog", reader => JsonColumn.Read<WatchdogReport>(reader, 0, "the watchdog's report")).SingleOrDefault();
}
