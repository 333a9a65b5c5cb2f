using Microsoft.Data.Sqlite;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Fronts: their points by rank, the versions there are (a front may have no point), and a pointer to the one in force.</summary>
internal static class FrontTable
{
    /// <summary>
    /// Writes the version anew and moves the pointer to it, but never back: an activity that runs again late publishes an old
    /// version, and readers must not go back to it.
    /// </summary>
    public static void Publish(SqliteConnection connection, string runId, int version, IReadOnlyList<string> bodies)
    {
        connection.Execute("DELETE FROM front_points WHERE run_id = $run AND version = $version", ("$run", runId), ("$version", version));
        for (int rank = 0; rank < bodies.Count; rank++)
        {
            connection.Execute(
                "INSERT INTO front_points (run_id, version, rank, body) VALUES ($run, $version, $rank, $body)",
                ("$run", runId), ("$version", version), ("$rank", rank), ("$body", bodies[rank]));
        }

        connection.Execute("INSERT INTO front_versions (run_id, version) VALUES ($run, $version) ON CONFLICT DO NOTHING", ("$run", runId), ("$version", version));
        connection.Execute(
            "INSERT INTO front_pointers (run_id, version) VALUES ($run, $version) ON CONFLICT DO UPDATE SET version = max(version, excluded.version)",
            ("$run", runId), ("$version", version));
    }

    /// <summary>The versions, in ascending order.</summary>
    public static List<int> Versions(SqliteConnection connection, string runId) => connection.Query(
        "SELECT version FROM front_versions WHERE run_id = $run ORDER BY version", reader => reader.GetInt32(0), ("$run", runId));

    /// <summary>The front of the given version, or of the one in force. Needs a snapshot: it reads twice.</summary>
    public static Front? Get(SqliteConnection connection, string runId, int? version)
    {
        List<int> versions = connection.Query(
            version is null
                ? "SELECT version FROM front_pointers WHERE run_id = $run"
                : "SELECT version FROM front_versions WHERE run_id = $run AND version = $version",
            reader => reader.GetInt32(0),
            ("$run", runId), ("$version", version));
        if (versions is not [int found])
        {
            return null;
        }

        return new Front(found, connection.Query(
            "SELECT body FROM front_points WHERE run_id = $run AND version = $version ORDER BY rank",
            reader => JsonColumn.Read<FrontPoint>(reader, 0, $"front {found} of run {runId}"),
            ("$run", runId), ("$version", found)));
    }
}
