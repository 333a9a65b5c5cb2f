using System.Text.Json;

namespace PelNas.Cli.Proxies;

/// <summary>
/// The file beside a table of proxies that names what its scores depend on. Whoever has it open is the table's only writer: it is a file
/// that is there as long as the table is and that nobody else reads, and its lock goes with the process, however that ends.
/// </summary>
internal sealed class ProxyTableSettings : IDisposable
{
    private readonly FileStream _file;

    private ProxyTableSettings(FileStream file) => _file = file;

    /// <summary>Opens and locks the settings of a table, empty ones where there are none.</summary>
    /// <param name="table">The table, as the user named it.</param>
    /// <exception cref="UsageException">Another process has them.</exception>
    public static ProxyTableSettings Open(string table)
    {
        try
        {
            return new ProxyTableSettings(
                new FileStream(Path.GetFullPath(table) + ".settings.json", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (IsLocked(exception))
        {
            throw new UsageException($"--output: another process is writing {table}; wait until it has ended, or give another file.");
        }
    }

    /// <summary>Writes the settings of a new table.</summary>
    public void Write(string version, string? images, IReadOnlyList<string> proxies)
    {
        _file.SetLength(0);
        _file.Write(JsonSerializer.SerializeToUtf8Bytes(new Description(version, images, proxies), PelNasJson.Options));
        _file.Write("\n"u8);
        _file.Flush();
    }

    /// <summary>Compares the settings of a table that is there.</summary>
    /// <exception cref="UsageException">The table is of other settings, or has none.</exception>
    public void Agree(string table, string version, IReadOnlyList<string> proxies)
    {
        string name = Path.GetFileName(_file.Name);
        if (_file.Length == 0)
        {
            throw new UsageException($"--output: {table} has no {name} beside it that says what its scores are of; give another file.");
        }

        // The folder's name may differ: the version has the hash of its images.
        if (Read() is not { } found || found.Version != version || !found.Proxies.SequenceEqual(proxies))
        {
            throw new UsageException(
                $"--output: {table} holds no scores of these settings ({version}, {string.Join(',', proxies)}); give another file, or "
                    + $"the settings that {name} names.");
        }
    }

    /// <summary>Gives the lock up. Settings that are empty still are those of a table that was refused, and go.</summary>
    public void Dispose()
    {
        if (!_file.CanWrite)
        {
            return;
        }

        bool isEmpty = _file.Length == 0;
        _file.Dispose();
        if (isEmpty)
        {
            try
            {
                File.Delete(_file.Name);
            }
            catch (IOException)
            {
                // On Windows: another process has it open by now, is refused as well and deletes it.
            }
        }
    }

    private static bool IsLocked(IOException exception)
    {
        // Of Windows, and what flock answers on Linux and macOS.
        const int SharingViolation = unchecked((int)0x80070020);
        const int LinuxTryAgain = 11;
        const int MacTryAgain = 35;
        return exception.HResult is SharingViolation or LinuxTryAgain or MacTryAgain;
    }

    private Description? Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Description>(_file, PelNasJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Description(string Version, string? Images, IReadOnlyList<string> Proxies);
}
