namespace PelNas.Local.Durable.History;

/// <summary>The histories of the present runs of all instances.</summary>
internal static class HistoryTable
{
    public static void Append(HistoryTransaction transaction, string instanceId, int position, IReadOnlyList<HistoryEvent> events)
    {
        foreach (HistoryEvent e in events)
        {
            transaction.Connection.Execute(
                $"INSERT INTO history (instance_id, position, {EventRow.Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                [instanceId, position++, .. EventRow.Values(e)]);
        }

        transaction.InstanceId = instanceId;
        transaction.Events.AddRange(events);
    }

    public static List<HistoryEvent> Read(HistoryConnection connection, string instanceId) => connection.Query(
        $"SELECT {EventRow.Columns} FROM history WHERE instance_id = $1 ORDER BY position", row => EventRow.Read(row, 0), instanceId);

    public static void Delete(HistoryConnection connection, string instanceId) =>
        connection.Execute("DELETE FROM history WHERE instance_id = $1", instanceId);
}
