using Microsoft.Data.Sqlite;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Scores of zero-cost proxies by version and function. Only a cache, so it is made when it is first written to and has no schema version.</summary>
internal static class ProxyScoreTable
{
    public static IReadOnlyDictionary<int, double?[]> Get(SqliteConnection connection, string version)
    {
        if (connection.Scalar("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'proxy_scores'") == 0)
        {
            return new Dictionary<int, double?[]>();
        }

        return connection.Query(
            "SELECT function, scores FROM proxy_scores WHERE version = $version",
            reader => (Function: reader.GetInt32(0), Scores: PelNasJson.Deserialize<double?[]>(reader.GetString(1))),
            ("$version", version)).ToDictionary(row => row.Function, row => row.Scores);
    }

    public static void Put(SqliteConnection connection, string version, IReadOnlyDictionary<int, double?[]> scores)
    {
        connection.Execute(
            """
            CREATE TABLE IF NOT EXISTS proxy_scores (
                version TEXT NOT NULL,
                function INTEGER NOT NULL,
                scores TEXT NOT NULL,
                PRIMARY KEY (version, function)) STRICT, WITHOUT ROWID
            """);
        foreach ((int function, double?[] row) in scores)
        {
            connection.Execute(
                "INSERT INTO proxy_scores (version, function, scores) VALUES ($version, $function, $scores) ON CONFLICT DO UPDATE SET scores = excluded.scores",
                ("$version", version), ("$function", function), ("$scores", PelNasJson.Serialize(row)));
        }
    }
}
