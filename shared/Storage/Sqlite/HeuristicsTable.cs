using Microsoft.Data.Sqlite;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Heuristics of a partition, by generation.</summary>
internal static class HeuristicsTable
{
    public static void Put(SqliteConnection connection, string runId, int partition, int generation, string body) => connection.Execute(
        """
        INSERT INTO heuristics (run_id, partition, generation, body) VALUES ($run, $partition, $generation, $body)
        ON CONFLICT DO UPDATE SET body = excluded.body
        """,
        ("$run", runId), ("$partition", partition), ("$generation", generation), ("$body", body));

    public static List<HeuristicsRow> Get(SqliteConnection connection, string runId, int partition) => connection.Query(
        "SELECT body FROM heuristics WHERE run_id = $run AND partition = $partition ORDER BY generation",
        reader => JsonColumn.Read<HeuristicsRow>(reader, 0, $"heuristics of run {runId}, partition {partition}"),
        ("$run", runId), ("$partition", partition));
}
