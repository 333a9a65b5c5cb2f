using Microsoft.Data.Sqlite;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Runs that were deleted and must not come back by what is written late. Looked at in the transaction of every write to a run.</summary>
internal static class TombstoneTable
{
    public static void Put(SqliteConnection connection, string runId, DateTimeOffset now) => connection.Execute(
        "INSERT INTO tombstones (run_id, deleted_at) VALUES ($run, $now) ON CONFLICT DO UPDATE SET deleted_at = excluded.deleted_at",
        ("$run", runId), ("$now", TimeColumn.Text(now)));

    /// <summary>Refuses what is written to a deleted run.</summary>
    public static void Refuse(SqliteConnection connection, string runId)
    {
        if (connection.Scalar("SELECT EXISTS (SELECT 1 FROM tombstones WHERE run_id = $run)", ("$run", runId)) == 1)
        {
            throw new RunDeletedException(runId);
        }
    }

    public static void Remove(SqliteConnection connection, string runId) => connection.Execute("DELETE FROM tombstones WHERE run_id = $run", ("$run", runId));

    /// <summary>Deletes the oldest that were put before a time, and returns how many.</summary>
    public static int Delete(SqliteConnection connection, DateTimeOffset before, int most) => connection.Execute(
        "DELETE FROM tombstones WHERE run_id IN (SELECT run_id FROM tombstones WHERE deleted_at < $before ORDER BY deleted_at LIMIT $most)",
        ("$before", TimeColumn.Text(before)), ("$most", most));
}
