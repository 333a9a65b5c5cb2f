using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;

namespace PelNas.Local.Engine.History;

/// <summary>
/// An instance, as the engine needs to know it. The key tells this start of the id from others, and the execution id is that of its present
/// or last run. It has a parent, and is a task of it, unless a client started it.
/// </summary>
internal sealed record InstanceRow(
    long Key, string Id, string ExecutionId, OrchestrationStatus Status, OrchestrationInstance? Parent, int ParentTaskId);

/// <summary>The instances, one row for each.</summary>
internal static class InstanceTable
{
    /// <summary>The statuses in which an instance has not ended, and keeps its id to itself unless the caller says otherwise.</summary>
    public static readonly OrchestrationStatus[] NotEnded =
        [OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.Suspended];

    public static readonly OrchestrationStatus[] Suspendable = [OrchestrationStatus.Pending, OrchestrationStatus.Running];

    private const string Row = "SELECT key, id, execution_id, status, parent_id, parent_execution_id, parent_task_id FROM instances";

    // $1 says whether the columns that may be large are wanted.
    private const string State = """
        SELECT key, id, execution_id, name, version, status, created_at, updated_at, failure, tags,
            CASE WHEN $1 THEN input END, CASE WHEN $1 THEN output END, CASE WHEN $1 THEN custom_status END
        FROM instances
        """;

    private const string Filter = "created_at >= IFNULL($2, 0) AND created_at <= IFNULL($3, created_at)"
        + " AND ($4 IS NULL OR status IN (SELECT value FROM json_each($4)))";

    public static bool HasEnded(this OrchestrationStatus status) => !NotEnded.Contains(status);

    public static InstanceRow? Find(HistoryConnection connection, string id) =>
        connection.Query($"{Row} WHERE id = $1", ReadRow, id).FirstOrDefault();

    public static InstanceRow? Find(HistoryConnection connection, long key) =>
        connection.Query($"{Row} WHERE key = $1", ReadRow, key).FirstOrDefault();

    public static List<InstanceRow> FindChildren(HistoryConnection connection, string parentId) =>
        connection.Query($"{Row} WHERE parent_id = $1", ReadRow, parentId);

    public static OrchestrationState? FindState(HistoryConnection connection, string id, bool withPayloads) =>
        connection.Query($"{State} WHERE id = $2", ReadState, withPayloads, id).FirstOrDefault().State;

    /// <summary>Instances in the order of their start.</summary>
    public static List<(long Key, OrchestrationState State)> Page(
        HistoryConnection connection, OrchestrationQuery query, long after, long most) =>
        //// An id is printable ASCII, so the ids with a prefix are those from the prefix up to the prefix followed by DEL.
        connection.Query(
            $"{State} WHERE {Filter} AND ($5 IS NULL OR (id >= $5 AND id < $5 || char(127))) AND key > $6 ORDER BY key LIMIT $7",
            ReadState,
            query.FetchInputsAndOutputs, query.CreatedFrom?.UtcDateTime, query.CreatedTo?.UtcDateTime, Names(query.Statuses),
            query.InstanceIdPrefix, after, most);

    /// <summary>The ids of some instances that have ended and match.</summary>
    public static List<string> FindEnded(HistoryConnection connection, PurgeInstancesFilter filter, long most) => connection.Query(
        $"SELECT id FROM instances WHERE status NOT IN (SELECT value FROM json_each($5)) AND {Filter} ORDER BY key LIMIT $1",
        row => row.GetString(0),
        most, filter.CreatedFrom?.UtcDateTime, filter.CreatedTo?.UtcDateTime, Names(filter.Statuses), Names(NotEnded));

    public static string? Text(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static InstanceRow ReadRow(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        Enum.Parse<OrchestrationStatus>(row.GetString(3)),
        row.IsDBNull(4) ? null : new OrchestrationInstance { InstanceId = row.GetString(4), ExecutionId = row.GetString(5) },
        row.IsDBNull(6) ? 0 : row.GetInt32(6));

    private static (long Key, OrchestrationState State) ReadState(SqliteDataReader row) => (row.GetInt64(0), new OrchestrationState
    {
        OrchestrationInstance = new OrchestrationInstance { InstanceId = row.GetString(1), ExecutionId = row.GetString(2) },
        Name = row.GetString(3),
        Version = row.Text(4),
        OrchestrationStatus = Enum.Parse<OrchestrationStatus>(row.GetString(5)),
        CreatedTime = new DateTime(row.GetInt64(6), DateTimeKind.Utc),
        LastUpdatedTime = new DateTime(row.GetInt64(7), DateTimeKind.Utc),
        FailureDetails = EventJson.Read<FailureDetails>(row.Text(8)),
        Tags = EventJson.Read<Dictionary<string, string>>(row.Text(9)),
        Input = row.Text(10),
        Output = row.Text(11),
        Status = row.Text(12),
    });

    // The names are the same in the client's statuses and in the engine's.
    private static string? Names<T>(IEnumerable<T>? statuses)
        where T : struct, Enum => statuses?.Any() == true ? EventJson.Write(statuses.Select(status => status.ToString())) : null;
}
