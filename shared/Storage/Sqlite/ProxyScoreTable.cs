using Microsoft.Data.Sqlite;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Zero-cost scores of functions, by the version of their settings. They belong to no run.</summary>
internal static class ProxyScoreTable
{
    public static void Put(SqliteConnection connection, string version, IEnumerable<ProxyScoreRow> scores)
    {
        foreach (ProxyScoreRow score in scores)
        {
            connection.Execute(
                """
                INSERT INTO proxy_scores (version, function_id, nwot, synflow) VALUES ($version, $function, $nwot, $synflow)
                ON CONFLICT DO UPDATE SET nwot = excluded.nwot, synflow = excluded.synflow
                """,
                ("$version", version), ("$function", score.FunctionId), ("$nwot", score.Nwot), ("$synflow", score.Synflow));
        }
    }

    /// <summary>The scores of functions from one id to another.</summary>
    public static List<ProxyScoreRow> GetRange(SqliteConnection connection, string version, int first, int last) => connection.Query(
        "SELECT function_id, nwot, synflow FROM proxy_scores WHERE version = $version AND function_id BETWEEN $first AND $last ORDER BY function_id",
        reader => new ProxyScoreRow(reader.GetInt32(0), reader.IsDBNull(1) ? null : reader.GetDouble(1), reader.IsDBNull(2) ? null : reader.GetDouble(2)),
        ("$version", version), ("$first", first), ("$last", last));
}
