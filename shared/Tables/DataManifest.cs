using System.Text.Json;

namespace PelNas.Shared.Tables;

/// <summary>The list of shipped tables, <c>data/manifest.json</c>.</summary>
internal sealed class DataManifest
{
    public const string FileName = "manifest.json";

    private readonly Dictionary<string, DataFile> _files;

    private DataManifest(Dictionary<string, DataFile> files) => _files = files;

    public IReadOnlyCollection<DataFile> Files => _files.Values;

    public DataFile? Find(string file) => _files.GetValueOrDefault(file);

    /// <exception cref="DataFileException">The manifest is missing or not what it should be.</exception>
    public static DataManifest Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        try
        {
            using JsonDocument json = JsonDocument.Parse(DataDirectory.ReadAllBytes(path));
            Dictionary<string, DataFile> files = [];
            foreach (JsonElement entry in json.RootElement.GetProperty("files").EnumerateArray())
            {
                DataFile file = new(Text(entry, "file"), Text(entry, "sha256"), entry.GetProperty("rows").GetInt32(), Text(entry, "source"),
                    Text(entry, "licence"));
                files.Add(file.Name, file);
            }

            return new(files);
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new DataFileException(path, $"it is no list of data files ({exception.Message})", exception);
        }
    }

    private static string Text(JsonElement entry, string property) =>
        entry.GetProperty(property).GetString() ?? throw new FormatException($"'{property}' is null");
}

/// <summary>One shipped table.</summary>
/// <param name="Name">File name in the data directory.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of the file as shipped.</param>
/// <param name="Rows">Rows without the header.</param>
/// <param name="Source">Where the numbers come from.</param>
/// <param name="Licence">SPDX identifier.</param>
internal sealed record DataFile(string Name, string Sha256, int Rows, string Source, string Licence);
