using Microsoft.Data.Sqlite;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>The prior of each run.</summary>
internal static class PriorTable
{
    public static void Put(SqliteConnection connection, string runId, string body) => connection.Execute(
        "INSERT INTO priors (run_id, body) VALUES ($run, $body) ON CONFLICT DO UPDATE SET body = excluded.body", ("$run", runId), ("$body", body));

    public static PriorRow? Get(SqliteConnection connection, string runId) => connection.Query(
        "SELECT body FROM priors WHERE run_id = $run", reader => JsonColumn.Read<PriorRow>(reader, 0, $"prior of run {runId}"), ("$run", runId)).SingleOrDefault();
}
