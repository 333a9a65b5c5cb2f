using Newtonsoft.Json;

namespace PelNas.Local.Engine.History;

/// <summary>A message together with its JSON, which is made on the sender's thread so that the one that writes only writes.</summary>
internal readonly record struct OutgoingMessage(TaskMessage Message, string Json);

/// <summary>An event as it is in the file; made into an object by its reader, outside the lock on the file.</summary>
internal sealed record StoredEvent(long Seq, string InstanceId, string? ExecutionId, long Type, string Json)
{
    public HistoryEvent ToEvent() => EventJson.Read((EventType)Type, Json);

    public TaskMessage ToMessage() => new()
    {
        OrchestrationInstance = new OrchestrationInstance { InstanceId = InstanceId, ExecutionId = ExecutionId },
        Event = ToEvent(),
    };
}

/// <summary>The histories of the present runs; the messages that no turn has taken in; the activities that have no result.</summary>
internal static class EventTables
{
    public static List<StoredEvent> History(HistoryConnection connection, long instance) => Query(
        connection, "SELECT position, '', NULL, type, event FROM history WHERE instance = $1 ORDER BY position", instance);

    public static List<StoredEvent> Messages(HistoryConnection connection, long instance, DateTime now) => Query(
        connection,
        """
        SELECT seq, id, messages.execution_id, type, event FROM messages JOIN instances ON key = instance
        WHERE instance = $1 AND visible_at <= $2 ORDER BY seq
        """,
        instance, now);

    public static StoredEvent? Activity(HistoryConnection connection, long seq) => Query(
        connection,
        "SELECT seq, id, execution_id, $2, event FROM activities JOIN instances ON key = instance WHERE seq = $1",
        seq, (long)EventType.TaskScheduled).FirstOrDefault();

    /// <summary>The instances with messages, and from when on these count.</summary>
    public static List<(long Instance, DateTime VisibleAt)> AllMessages(HistoryConnection connection) => connection.Query(
        "SELECT instance, visible_at FROM messages ORDER BY seq",
        row => (row.GetInt64(0), new DateTime(row.GetInt64(1), DateTimeKind.Utc)));

    public static List<long> AllActivities(HistoryConnection connection) =>
        connection.Query("SELECT seq FROM activities ORDER BY seq", row => row.GetInt64(0));

    private static List<StoredEvent> Query(HistoryConnection connection, string sql, params ReadOnlySpan<object?> values) =>
        connection.Query(
            sql, row => new StoredEvent(row.GetInt64(0), row.GetString(1), row.Text(2), row.GetInt64(3), row.GetString(4)), values);
}

/// <summary>The engine's events as JSON. Which type is which is not said by the data, which so can name no type to load.</summary>
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
        type => type,
        type => typeof(HistoryEvent).Assembly.GetType($"{typeof(HistoryEvent).Namespace}.{type}Event") ?? typeof(GenericEvent));

    public static string? Write(object? value) => value is null ? null : JsonConvert.SerializeObject(value, Settings);

    public static HistoryEvent Read(EventType type, string json) =>
        (HistoryEvent)JsonConvert.DeserializeObject(json, Types[type], Settings)!;

    public static T? Read<T>(string? json)
        where T : class => json is null ? null : JsonConvert.DeserializeObject<T>(json, Settings);
}
