using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;

namespace PelNas.Local.Durable.History;

/// <summary>How an event is kept in a table row; the tables of histories and of messages have these columns in common.</summary>
internal static class EventRow
{
    /// <summary>The common columns, in the order of <see cref="Read"/> and <see cref="Values"/>.</summary>
    public const string Columns = "kind, timestamp, task_id, name, other_instance_id, payload, failure, non_retriable, fire_at";

    public static object?[] Values(HistoryEvent e) =>
        [e.Kind, e.Timestamp, e.TaskId, e.Name, e.InstanceId, e.Payload, WriteFailure(e.Failure), e.IsNonRetriable ? 1 : 0, e.FireAt];

    /// <summary>Reads an event from a row whose common columns begin at <paramref name="first"/>.</summary>
    public static HistoryEvent Read(SqliteDataReader row, int first) => new(Enum.Parse<HistoryEventKind>(row.GetString(first)), ReadTime(row, first + 1))
    {
        TaskId = row.GetInt32(first + 2),
        Name = ReadText(row, first + 3),
        InstanceId = ReadText(row, first + 4),
        Payload = ReadText(row, first + 5),
        Failure = ReadFailure(ReadText(row, first + 6)),
        IsNonRetriable = row.GetInt32(first + 7) != 0,
        FireAt = row.IsDBNull(first + 8) ? null : ReadTime(row, first + 8),
    };

    public static string? ReadText(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset ReadTime(SqliteDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);

    public static string? WriteFailure(TaskFailureDetails? failure) => failure is null ? null : JsonSerializer.Serialize(failure);

    public static TaskFailureDetails? ReadFailure(string? json) => json is null ? null : JsonSerializer.Deserialize<TaskFailureDetails>(json);
}
