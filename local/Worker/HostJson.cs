using System.Text.Json;

namespace PelNas.Local.Worker;

/// <summary>What the host reads of the app's host.json.</summary>
/// <param name="RoutePrefix">The first part of every HTTP route (<c>extensions.http.routePrefix</c>), without slashes; empty for none.</param>
internal sealed record HostJson(string RoutePrefix)
{
    private const string DefaultRoutePrefix = "api";

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads the file; without one, or where it says nothing, the defaults hold.</summary>
    /// <exception cref="InvalidDataException">The file is not JSON, or the prefix is not a string.</exception>
    public static HostJson Read(string path)
    {
        if (!File.Exists(path))
        {
            return new HostJson(DefaultRoutePrefix);
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            var element = document.RootElement;
            foreach (var name in (string[])["extensions", "http", "routePrefix"])
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                {
                    return new HostJson(DefaultRoutePrefix);
                }
            }

            return element.ValueKind == JsonValueKind.String
                ? new HostJson(element.GetString()!.Trim('/'))
                : throw new InvalidDataException($"{path}: extensions.http.routePrefix must be a string.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is not valid JSON: {exception.Message}", exception);
        }
    }
}
