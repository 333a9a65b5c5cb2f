namespace PelNas.Local.Durable.History;

/// <summary>Activities that have been called and have not ended, in the order of the calls.</summary>
internal static class ActivityTable
{
    public static void Add(HistoryTransaction transaction, string instanceId, string executionId, HistoryEvent scheduled)
    {
        transaction.Connection.Execute(
            "INSERT INTO activities (instance_id, execution_id, task_id, name, input) VALUES ($1, $2, $3, $4, $5)",
            instanceId,
            executionId,
            scheduled.TaskId,
            scheduled.Name,
            scheduled.Payload);
        transaction.NewActivities++;
    }

    /// <summary>The first activity after a place in the queue; null when there is none.</summary>
    public static ActivityWork? Next(HistoryConnection connection, long after) => connection.Query(
        "SELECT seq, instance_id, execution_id, task_id, name, input FROM activities WHERE seq > $1 ORDER BY seq LIMIT 1",
        row => new ActivityWork(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetString(4), EventRow.ReadText(row, 5)),
        after).FirstOrDefault();

    public static long Count(HistoryConnection connection) => (long)connection.Scalar("SELECT COUNT(*) FROM activities")!;

    /// <summary>Takes an activity out; false when it is gone already.</summary>
    public static bool Remove(HistoryConnection connection, long seq) => connection.Execute("DELETE FROM activities WHERE seq = $1", seq) == 1;

    public static void Delete(HistoryConnection connection, string instanceId) =>
        connection.Execute("DELETE FROM activities WHERE instance_id = $1", instanceId);
}
