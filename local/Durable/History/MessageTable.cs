namespace PelNas.Local.Durable.History;

/// <summary>Events that have happened to instances and are not part of their histories yet.</summary>
internal static class MessageTable
{
    public static void Add(HistoryTransaction transaction, string instanceId, HistoryEvent message)
    {
        transaction.Connection.Execute(
            $"INSERT INTO messages (instance_id, {EventRow.Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            [instanceId, .. EventRow.Values(message)]);
        transaction.ReadyInstances.Add(instanceId);
    }

    public static List<(long Seq, HistoryEvent Event)> Read(HistoryConnection connection, string instanceId) => connection.Query(
        $"SELECT seq, {EventRow.Columns} FROM messages WHERE instance_id = $1 ORDER BY seq", row => (row.GetInt64(0), EventRow.Read(row, 1)), instanceId);

    public static List<string> InstancesWithMessages(HistoryConnection connection) =>
        connection.Query("SELECT DISTINCT instance_id FROM messages", row => row.GetString(0));

    public static void Remove(HistoryConnection connection, long seq) => connection.Execute("DELETE FROM messages WHERE seq = $1", seq);

    public static void Delete(HistoryConnection connection, string instanceId) =>
        connection.Execute("DELETE FROM messages WHERE instance_id = $1", instanceId);

    /// <summary>Drops what was meant for an earlier run (results of its tasks) and puts what stays behind the messages added later than <paramref name="last"/>.</summary>
    public static void MoveBehind(HistoryConnection connection, string instanceId, long last)
    {
        connection.Execute(
            $"""
            INSERT INTO messages (instance_id, {EventRow.Columns})
            SELECT instance_id, {EventRow.Columns} FROM messages WHERE instance_id = $1 AND seq <= $2 AND task_id = {HistoryEvent.NoTask} ORDER BY seq
            """,
            instanceId,
            last);
        connection.Execute("DELETE FROM messages WHERE instance_id = $1 AND seq <= $2", instanceId, last);
    }

    public static long LastSeq(HistoryConnection connection, string instanceId) =>
        (long)(connection.Scalar("SELECT MAX(seq) FROM messages WHERE instance_id = $1", instanceId) ?? 0L);
}
