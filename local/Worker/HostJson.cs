using System.Text.Json;
using PelNas.Local.Durable;

namespace PelNas.Local.Worker;

/// <summary>What the host reads of the app's host.json.</summary>
/// <param name="RoutePrefix">The first part of every HTTP route (<c>extensions.http.routePrefix</c>), without slashes; empty for none.</param>
/// <param name="MaxConcurrentActivities">The most activities at a time (<c>extensions.durableTask.maxConcurrentActivityFunctions</c>); null for the default.</param>
/// <param name="MaxConcurrentOrchestrators">The most orchestrators at a time (<c>extensions.durableTask.maxConcurrentOrchestratorFunctions</c>); null for the default.</param>
internal sealed record HostJson(string RoutePrefix, int? MaxConcurrentActivities, int? MaxConcurrentOrchestrators)
{
    private const string DefaultRoutePrefix = "api";

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads the file; without one, or where it says nothing, the defaults hold.</summary>
    /// <exception cref="InvalidDataException">The file is not JSON, or a value in it is none.</exception>
    public static HostJson Read(string path)
    {
        if (!File.Exists(path))
        {
            return new HostJson(DefaultRoutePrefix, null, null);
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            return new HostJson(
                ReadPrefix(path, document.RootElement),
                ReadBound(path, document.RootElement, "maxConcurrentActivityFunctions"),
                ReadBound(path, document.RootElement, "maxConcurrentOrchestratorFunctions"));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is not valid JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Sets what the file says of the durable engine.</summary>
    public void Apply(LocalDurableOptions options)
    {
        options.MaxConcurrentActivities = MaxConcurrentActivities ?? options.MaxConcurrentActivities;
        options.MaxConcurrentOrchestrators = MaxConcurrentOrchestrators ?? options.MaxConcurrentOrchestrators;
    }

    private static string ReadPrefix(string path, JsonElement root) => Find(root, "extensions", "http", "routePrefix") switch
    {
        null => DefaultRoutePrefix,
        { ValueKind: JsonValueKind.String } prefix => prefix.GetString()!.Trim('/'),
        _ => throw new InvalidDataException($"{path}: extensions.http.routePrefix must be a string."),
    };

    private static int? ReadBound(string path, JsonElement root, string name) => Find(root, "extensions", "durableTask", name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } bound when bound.TryGetInt32(out var number) && number > 0 => number,
        _ => throw new InvalidDataException($"{path}: extensions.durableTask.{name} must be a whole number of 1 or more."),
    };

    private static JsonElement? Find(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }
}
