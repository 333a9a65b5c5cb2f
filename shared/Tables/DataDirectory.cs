using System.Security.Cryptography;

namespace PelNas.Shared.Tables;

/// <summary>Reads shipped tables, each checked against the manifest before a number of it is used.</summary>
internal sealed class DataDirectory
{
    private readonly Remembered<DataManifest> _manifest;

    public DataDirectory(string path)
    {
        FullPath = Path.GetFullPath(path);
        _manifest = new(() => DataManifest.Read(FullPath));
    }

    public string FullPath { get; }

    public bool Lists(string file) => _manifest.Value.Find(file) is not null;

    /// <param name="keys">Number of architectures of the space: the <c>index</c> column lies below it.</param>
    /// <exception cref="DataFileException">The file is missing or damaged.</exception>
    public IndexedTable Read(string file, int keys)
    {
        string path = Path.Combine(FullPath, file);
        DataFile entry = _manifest.Value.Find(file)
            ?? throw new DataFileException(Path.Combine(FullPath, DataManifest.FileName), $"it does not list {file}");
        return IndexedTable.Parse(path, Unpack(path, ReadChecked(path, entry)), entry.Rows, keys);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFileException">It is not there, or cannot be read.</exception>
    public static byte[] ReadAllBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFileException(path, "it does not exist", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(
                path, Directory.Exists(path) ? "it is a folder" : $"it cannot be read ({exception.Message.TrimEnd('.')})", exception);
        }
    }

    private static byte[] ReadChecked(string path, DataFile entry)
    {
        byte[] bytes = ReadAllBytes(path);
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return hash == entry.Sha256 ? bytes : throw new DataFileException(path, $"its SHA-256 is {hash}, not {entry.Sha256}");
    }

    private static byte[] Unpack(string path, byte[] bytes)
    {
        try
        {
            return PackedFile.Unpack(path, bytes);
        }
        catch (InvalidDataException exception)
        {
            throw new DataFileException(path, $"it is no whole gzip file ({exception.Message})", exception);
        }
    }
}
