using System.Text.Json;
using System.Text.Json.Serialization;

namespace PelNas.Shared.Storage.Transfer;

/// <summary>Archives as files.</summary>
public static class RunArchiveFile
{
    // What is passed over would be missing from the store without a word.
    private static readonly JsonSerializerOptions Strict = new(PelNasJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Writes an archive into a stream.</summary>
    /// <exception cref="IOException">The stream takes no more.</exception>
    public static Task WriteAsync(Stream stream, RunArchive archive, CancellationToken cancellationToken)
        => JsonSerializer.SerializeAsync(stream, archive, PelNasJson.Indented, cancellationToken);

    /// <summary>Reads an archive.</summary>
    /// <exception cref="RunArchiveException">The file is not an archive of a version that this program reads.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<RunArchive> ReadAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        await using FileStream stream = File.OpenRead(path);
        return await ReadAsync(stream, path, cancellationToken);
    }

    /// <summary>Reads an archive from a stream.</summary>
    /// <param name="path">What errors call it.</param>
    /// <exception cref="RunArchiveException">The stream is not an archive of a version that this program reads.</exception>
    public static async Task<RunArchive> ReadAsync(Stream stream, string path, CancellationToken cancellationToken)
    {
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);

            // First, since another version has other fields.
            if (VersionOf(document.RootElement) is { } version && version != RunArchive.CurrentVersion)
            {
                throw new RunArchiveException(
                    $"'{path}' has format version {version}, and this program reads version {RunArchive.CurrentVersion}. "
                    + "Export the run with the version of this program that imports it.");
            }

            return document.Deserialize<RunArchive>(Strict) ?? throw new JsonException("It is null.", "$", null, null);
        }
        catch (JsonException exception)
        {
            // The serialiser's own words speak of the code behind a field.
            string why = exception switch
            {
                { Path: ['$', '.', .. var place] } => $"it has no field {UntrustedText.Line(place, 100)} that can hold what stands there",
                { Path: not null } => "it is no object with the fields of one",
                _ => $"it is no JSON from line {exception.LineNumber + 1} on",
            };
            throw new RunArchiveException($"'{path}' is not an exported run: {why}. Give a file that 'pelnas export' wrote.", exception);
        }
    }

    private static int? VersionOf(JsonElement root)
        => root.ValueKind == JsonValueKind.Object
            && root.TryGetProperty("formatVersion", out JsonElement number)
            && number.ValueKind == JsonValueKind.Number
            && number.TryGetInt32(out int version) ? version : null;
}

/// <summary>A file is not an exported run that this program can read. The message names the file and the fix.</summary>
public sealed class RunArchiveException(string message, Exception? innerException = null) : Exception(message, innerException);
