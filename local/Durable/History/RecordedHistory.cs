using System.Text.Json;
using System.Text.Json.Serialization;

namespace PelNas.Local.Durable.History;

/// <summary>An instance's history taken out of the history file, to look at or to replay against another version of the app.</summary>
/// <param name="InstanceId">The instance id.</param>
/// <param name="Name">The orchestrator's name.</param>
/// <param name="ParentInstanceId">The instance that started it; null when a client did.</param>
/// <param name="ParentName">The name of that instance's orchestrator.</param>
/// <param name="Events">The events of its present or last run, in order.</param>
public sealed record RecordedHistory(string InstanceId, string Name, string? ParentInstanceId, string? ParentName, IReadOnlyList<HistoryEvent> Events)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The history as JSON, for a file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not that.</exception>
    public static RecordedHistory FromJson(string json)
    {
        RecordedHistory? history = JsonSerializer.Deserialize<RecordedHistory>(json, Options);
        return history is { InstanceId: not null, Name: not null, Events: not null }
            ? history
            : throw new JsonException("This is not a recorded history: it needs instanceId, name and events.");
    }
}
