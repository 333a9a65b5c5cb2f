using System.Text.Json;
using System.Text.Json.Serialization;

namespace PelNas.Shared.Tables;

/// <summary>The list of shipped tables, <c>data/manifest.json</c>.</summary>
/// <param name="Files">The tables.</param>
internal sealed record DataManifest(IReadOnlyList<DataFile> Files)
{
    public const string FileName = "manifest.json";

    public DataFile? Find(string file) => Files.FirstOrDefault(entry => entry.Name == file);

    /// <exception cref="DataFileException">The manifest is missing or not what it should be.</exception>
    public static DataManifest Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        try
        {
            return JsonSerializer.Deserialize<DataManifest>(DataDirectory.ReadAllBytes(path), PelNasJson.Options)
                ?? throw new JsonException("it is null");
        }
        catch (JsonException exception)
        {
            throw new DataFileException(path, $"it is no list of data files ({exception.Message})", exception);
        }
    }
}

/// <summary>One shipped table.</summary>
/// <param name="Name">File name in the data directory.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of the file as shipped.</param>
/// <param name="Rows">Rows without the header.</param>
/// <param name="Source">Where the numbers come from.</param>
/// <param name="Licence">SPDX identifier.</param>
internal sealed record DataFile([property: JsonPropertyName("file")] string Name, string Sha256, int Rows, string Source, string Licence);
