using Microsoft.Data.Sqlite;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Rounds, by partition, then generation.</summary>
internal static class RoundTable
{
    public static void Put(SqliteConnection connection, string runId, int partition, int generation, string body) => connection.Execute(
        """
        INSERT INTO rounds (run_id, partition, generation, body) VALUES ($run, $partition, $generation, $body)
        ON CONFLICT DO UPDATE SET body = excluded.body
        """,
        ("$run", runId), ("$partition", partition), ("$generation", generation), ("$body", body));

    /// <inheritdoc cref="JsonColumn.Change"/>
    public static RoundRow? Change(SqliteConnection connection, string runId, int partition, int generation, Func<RoundRow?, RoundRow?> change)
        => JsonColumn.Change(Get(connection, runId, partition, generation), change, body => Put(connection, runId, partition, generation, body));

    public static RoundRow? Get(SqliteConnection connection, string runId, int partition, int generation) => connection.Query(
        "SELECT body FROM rounds WHERE run_id = $run AND partition = $partition AND generation = $generation",
        reader => Read(reader, runId),
        ("$run", runId), ("$partition", partition), ("$generation", generation)).SingleOrDefault();

    public static List<RoundRow> GetAll(SqliteConnection connection, string runId) => connection.Query(
        "SELECT body FROM rounds WHERE run_id = $run ORDER BY partition, generation", reader => Read(reader, runId), ("$run", runId));

    private static RoundRow Read(SqliteDataReader reader, string runId) => JsonColumn.Read<RoundRow>(reader, 0, $"a round of run {runId}");
}
