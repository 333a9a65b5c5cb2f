using DurableTask.Core;
using DurableTask.Core.History;
using Newtonsoft.Json;

namespace PelNas.Local.Engine.History;

/// <summary>A message together with its JSON, which is made on the sender's thread so that the one that writes only writes.</summary>
internal readonly record struct OutgoingMessage(TaskMessage Message, string Json)
{
    /// <summary>Makes one, dated <paramref name="now"/>.</summary>
    public static OutgoingMessage Of(TaskMessage message, DateTime now)
    {
        message.Event.Timestamp = now;
        return new OutgoingMessage(message, EventJson.Write(message.Event)!);
    }
}

/// <summary>An event as it is in the file; made into an object by its reader, outside the lock on the file.</summary>
internal sealed record StoredEvent(long Seq, long Instance, string InstanceId, string? ExecutionId, long Type, string Json)
{
    public HistoryEvent ToEvent() => EventJson.Read((EventType)Type, Json);

    public TaskMessage ToMessage() =>
        new() { OrchestrationInstance = new OrchestrationInstance { InstanceId = InstanceId, ExecutionId = ExecutionId }, Event = ToEvent() };
}

/// <summary>The histories of the present runs; the messages that no turn has taken in; the activities that have no result.</summary>
internal static class EventTables
{
    public static List<StoredEvent> History(HistoryConnection connection, long instance) => Query(
        connection, "SELECT position, instance, '', NULL, type, event FROM history WHERE instance = $1 ORDER BY position", instance);

    public static List<StoredEvent> Messages(HistoryConnection connection, long instance, DateTime now) => Query(
        connection,
        """
        SELECT seq, instance, id, messages.execution_id, type, event FROM messages JOIN instances ON key = instance
        WHERE instance = $1 AND visible_at <= $2 ORDER BY seq
        """,
        instance,
        now);

    public static StoredEvent? Activity(HistoryConnection connection, long seq) => Query(
        connection,
        "SELECT seq, instance, id, execution_id, $2, event FROM activities JOIN instances ON key = instance WHERE seq = $1",
        seq,
        (long)EventType.TaskScheduled).FirstOrDefault();

    private static List<StoredEvent> Query(HistoryConnection connection, string sql, params ReadOnlySpan<object?> values) => connection.Query(
        sql, row => new StoredEvent(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.Text(3), row.GetInt64(4), row.GetString(5)), values);
}

/// <summary>The engine's events as JSON. Which type is which is told by this program and not by the data, which so can name no type to load.</summary>
internal static class EventJson
{
    // A text that looks like a date stays a text.
    private static readonly JsonSerializerSettings Settings = new()
    {
        NullValueHandling = NullValueHandling.Ignore,
        DateTimeZoneHandling = DateTimeZoneHandling.Utc,
        DateParseHandling = DateParseHandling.None,
    };

    private static readonly Dictionary<EventType, Type> Types = Enum.GetValues<EventType>().ToDictionary(
        type => type, type => typeof(HistoryEvent).Assembly.GetType($"{typeof(HistoryEvent).Namespace}.{type}Event") ?? typeof(GenericEvent));

    public static string? Write(object? value) => value is null ? null : JsonConvert.SerializeObject(value, Settings);

    public static HistoryEvent Read(EventType type, string json) => (HistoryEvent)JsonConvert.DeserializeObject(json, Types[type], Settings)!;

    public static T? Read<T>(string? json)
        where T : class => json is null ? null : JsonConvert.DeserializeObject<T>(json, Settings);
}
