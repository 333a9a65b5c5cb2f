namespace PelNas.Local.Durable.History;

/// <summary>Timers that are not due yet; one of task id <see cref="HistoryEvent.NoTask"/> is for the start of the instance itself.</summary>
internal static class TimerTable
{
    public static void Add(HistoryTransaction transaction, string instanceId, int taskId, DateTimeOffset fireAt)
    {
        transaction.Connection.Execute("INSERT INTO timers (instance_id, task_id, fire_at) VALUES ($1, $2, $3)", instanceId, taskId, fireAt);
        transaction.HasNewTimers = true;
    }

    public static List<(string InstanceId, int TaskId)> Due(HistoryConnection connection, DateTimeOffset now) => connection.Query(
        "SELECT instance_id, task_id FROM timers WHERE fire_at <= $1 ORDER BY fire_at, instance_id, task_id", row => (row.GetString(0), row.GetInt32(1)), now);

    public static DateTimeOffset? Next(HistoryConnection connection) =>
        connection.Scalar("SELECT MIN(fire_at) FROM timers") is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public static void Remove(HistoryConnection connection, string instanceId, int taskId) =>
        connection.Execute("DELETE FROM timers WHERE instance_id = $1 AND task_id = $2", instanceId, taskId);

    public static void Delete(HistoryConnection connection, string instanceId) =>
        connection.Execute("DELETE FROM timers WHERE instance_id = $1", instanceId);
}
