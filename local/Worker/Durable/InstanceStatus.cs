using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.DurableTask.Client;

namespace PelNas.Local.Worker.Durable;

/// <summary>An instance as the management API shows it.</summary>
internal sealed record InstanceStatus
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("instanceId")]
    public required string InstanceId { get; init; }

    [JsonPropertyName("runtimeStatus")]
    public required string RuntimeStatus { get; init; }

    [JsonPropertyName("input")]
    public required JsonNode? Input { get; init; }

    [JsonPropertyName("customStatus")]
    public required JsonNode? CustomStatus { get; init; }

    /// <summary>The result; of a failed instance, what went wrong.</summary>
    [JsonPropertyName("output")]
    public required JsonNode? Output { get; init; }

    [JsonPropertyName("createdTime")]
    public required string CreatedTime { get; init; }

    [JsonPropertyName("lastUpdatedTime")]
    public required string LastUpdatedTime { get; init; }

    public static InstanceStatus From(OrchestrationMetadata metadata, bool showInput) => new()
    {
        Name = metadata.Name,
        InstanceId = metadata.InstanceId,
        RuntimeStatus = metadata.RuntimeStatus.ToString(),
        Input = showInput ? Parse(metadata.SerializedInput) : null,
        CustomStatus = Parse(metadata.SerializedCustomStatus),
        Output = metadata.SerializedOutput is null && metadata.FailureDetails is { } failure
            ? JsonValue.Create(failure.ErrorMessage)
            : Parse(metadata.SerializedOutput),
        CreatedTime = Time(metadata.CreatedAt),
        LastUpdatedTime = Time(metadata.LastUpdatedAt),
    };

    private static JsonNode? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize<JsonNode>(json);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("s", CultureInfo.InvariantCulture) + "Z";
}
