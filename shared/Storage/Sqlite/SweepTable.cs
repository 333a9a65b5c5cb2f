using Microsoft.Data.Sqlite;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Sweeps, by id, the latest date first.</summary>
internal static class SweepTable
{
    public static void Put(SqliteConnection connection, string sweepId, string body) => connection.Execute(
        "INSERT INTO sweeps (sweep_id, body) VALUES ($sweep, $body) ON CONFLICT DO UPDATE SET body = excluded.body",
        ("$sweep", sweepId), ("$body", body));

    /// <inheritdoc cref="JsonColumn.Change"/>
    public static SweepRow? Change(SqliteConnection connection, string sweepId, Func<SweepRow?, SweepRow?> change)
        => JsonColumn.Change(Get(connection, sweepId), change, body => Put(connection, sweepId, body));

    public static SweepRow? Get(SqliteConnection connection, string sweepId) => connection.Query(
        "SELECT body FROM sweeps WHERE sweep_id = $sweep", reader => Read(reader, $"sweep {sweepId}"), ("$sweep", sweepId)).SingleOrDefault();

    /// <summary>The sweeps that come after <paramref name="last"/>, or from the first when it is null.</summary>
    public static List<SweepRow> List(SqliteConnection connection, int count, string? last) => connection.Query(
        "SELECT body FROM sweeps WHERE $last IS NULL OR sweep_id < $last ORDER BY sweep_id DESC LIMIT $count",
        reader => Read(reader, "a sweep of the list"),
        ("$last", last), ("$count", count));

    private static SweepRow Read(SqliteDataReader reader, string what) => JsonColumn.Read<SweepRow>(reader, 0, what);
}
