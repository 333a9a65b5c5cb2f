using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;

namespace PelNas.Local.Durable.History;

/// <summary>The orchestration instances.</summary>
internal static class InstanceTable
{
    public static void Insert(HistoryTransaction transaction, NewInstance instance, string executionId, DateTimeOffset now)
    {
        ParentCall? parent = instance.Parent;
        transaction.Connection.Execute(
            """
            INSERT INTO instances (id, execution_id, name, status, created_at, updated_at, input, tags, parent_id, parent_name, parent_execution_id, parent_task_id, trace_parent)
            VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, $11, $12)
            """,
            instance.Id,
            executionId,
            instance.Name,
            OrchestrationRuntimeStatus.Pending,
            now,
            instance.Input,
            instance.Tags,
            parent?.InstanceId,
            parent?.Name,
            parent?.ExecutionId,
            parent?.TaskId,
            instance.TraceParent);
        transaction.ChangedInstances.Add(instance.Id);
    }

    public static InstanceRow? Find(HistoryConnection connection, string id) => connection.Query(
        "SELECT id, execution_id, name, status, parent_id, parent_name, parent_execution_id, parent_task_id, created_at, trace_parent FROM instances WHERE id = $1", Read, id).FirstOrDefault();

    public static List<InstanceRow> FindChildren(HistoryConnection connection, string parentId) => connection.Query(
        "SELECT id, execution_id, name, status, parent_id, parent_name, parent_execution_id, parent_task_id, created_at, trace_parent FROM instances WHERE parent_id = $1 ORDER BY seq", Read, parentId);

    public static void SetStatus(HistoryTransaction transaction, string id, OrchestrationRuntimeStatus status, DateTimeOffset now)
    {
        transaction.Connection.Execute("UPDATE instances SET status = $2, updated_at = $3 WHERE id = $1", id, status, now);
        transaction.ChangedInstances.Add(id);
    }

    public static void SetCustomStatus(HistoryConnection connection, string id, string? customStatus) =>
        connection.Execute("UPDATE instances SET custom_status = $2 WHERE id = $1", id, customStatus);

    public static void SetResult(HistoryConnection connection, string id, string? output, string? failure) =>
        connection.Execute("UPDATE instances SET output = $2, failure = $3 WHERE id = $1", id, output, failure);

    public static void SetNextRun(HistoryConnection connection, string id, string executionId, string? input) =>
        connection.Execute("UPDATE instances SET execution_id = $2, input = $3 WHERE id = $1", id, executionId, input);

    public static void Delete(HistoryTransaction transaction, string id)
    {
        transaction.Connection.Execute("DELETE FROM instances WHERE id = $1", id);
        transaction.ChangedInstances.Add(id);
    }

    private static InstanceRow Read(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        Enum.Parse<OrchestrationRuntimeStatus>(row.GetString(3)),
        row.IsDBNull(4) ? null : new ParentCall(row.GetString(4), row.GetString(5), row.GetString(6), row.GetInt32(7)))
    {
        CreatedAt = EventRow.ReadTime(row, 8),
        TraceParent = EventRow.ReadText(row, 9),
    };
}
