namespace PelNas.Infra.Tests.Telemetry;

/// <summary>An item of telemetry as a row of its table in Log Analytics.</summary>
/// <param name="Table">The table.</param>
/// <param name="Name">The columns Name, or Message of a log line.</param>
/// <param name="OperationId">The trace.</param>
/// <param name="Properties">The column Properties.</param>
/// <param name="Data">The item as sent.</param>
internal sealed record TelemetryRow(
    string Table, string Name, string? OperationId, IReadOnlyDictionary<string, string> Properties, JsonObject Data)
{
    /// <summary>Reads an item as the exporter sends it.</summary>
    public static TelemetryRow Of(JsonObject item)
    {
        string type = item["data"]!["baseType"]!.GetValue<string>();
        JsonObject data = item["data"]!["baseData"]!.AsObject();
        Dictionary<string, string> properties = (data["properties"] as JsonObject ?? [])
            .ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>());
        string? operation = item["tags"]?["ai.operation.id"]?.GetValue<string>();
        return type switch
        {
            "RemoteDependencyData" => new("AppDependencies", data["name"]!.GetValue<string>(), operation, properties, data),
            "RequestData" => new("AppRequests", data["name"]!.GetValue<string>(), operation, properties, data),
            "MetricData" =>
                new("AppMetrics", data["metrics"]![0]!["name"]!.GetValue<string>(), operation, properties, data["metrics"]![0]!.AsObject()),
            "MessageData" => new("AppTraces", data["message"]!.GetValue<string>(), operation, properties, data),
            "ExceptionData" => new("AppExceptions", "", operation, properties, data),
            _ => throw new InvalidOperationException($"There is no table for '{type}'."),
        };
    }
}
