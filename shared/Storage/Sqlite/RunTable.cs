using Microsoft.Data.Sqlite;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Runs, newest first: by the time in the id, and those of the same second by the rest of it.</summary>
internal static class RunTable
{
    private static readonly string[] TablesOfRuns = ["runs", "candidates", "rounds", "heuristics", "priors", "front_pointers", "front_versions", "front_points", "budgets"];

    public static void Put(SqliteConnection connection, string runId, string body) => connection.Execute(
        "INSERT INTO runs (run_id, stamp, body) VALUES ($run, $stamp, $body) ON CONFLICT DO UPDATE SET body = excluded.body",
        ("$run", runId), ("$stamp", Stamp(runId)), ("$body", body));

    /// <inheritdoc cref="JsonColumn.Change"/>
    public static RunRow? Change(SqliteConnection connection, string runId, Func<RunRow?, RunRow?> change)
        => JsonColumn.Change(Get(connection, runId), change, body => Put(connection, runId, body));

    public static RunRow? Get(SqliteConnection connection, string runId) =>
        connection.Query("SELECT body FROM runs WHERE run_id = $run", reader => Read(reader, $"run {runId}"), ("$run", runId)).SingleOrDefault();

    /// <summary>The runs that come after <paramref name="last"/> and started before <paramref name="before"/>, where these are given.</summary>
    public static List<RunRow> List(SqliteConnection connection, int count, string? last, DateTimeOffset? before) => connection.Query(
        """
        SELECT body FROM runs
        WHERE ($last IS NULL OR stamp < $stamp OR (stamp = $stamp AND run_id > $last)) AND ($before IS NULL OR stamp < $before)
        ORDER BY stamp DESC, run_id LIMIT $count
        """,
        reader => Read(reader, "a run of the list"),
        ("$last", last), ("$stamp", last is null ? null : Stamp(last)), ("$before", before is { } time ? RunIds.StampBefore(time) : null), ("$count", count));

    /// <summary>Deletes the run from every table that knows it, and leaves a tombstone.</summary>
    public static void Delete(SqliteConnection connection, string runId, DateTimeOffset now)
    {
        TombstoneTable.Put(connection, runId, now);
        foreach (string table in TablesOfRuns)
        {
            connection.Execute($"DELETE FROM {table} WHERE run_id = $run", ("$run", runId));
        }
    }

    private static string Stamp(string runId) => runId[..StoreGuard.StampFormat.Length];

    private static RunRow Read(SqliteDataReader reader, string what) => JsonColumn.Read<RunRow>(reader, 0, what);
}
