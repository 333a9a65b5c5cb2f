using System.Text.Json;
using PelNas.Shared;
using PelNas.Shared.Scoring.ZeroCost.Torch.Proxies;

namespace PelNas.Cli.Proxies;

/// <summary>
/// The file beside a table of proxies that names what its scores depend on. Whoever has it open is the table's only writer: it is a file that is there
/// as long as the table is and that nobody else reads, and its lock goes with the process, however that ends.
/// </summary>
internal sealed class ProxyTableSettings : IDisposable
{
    private readonly FileStream _file;
    private readonly bool _isNew;

    private ProxyTableSettings(FileStream file, bool isNew) => (_file, _isNew) = (file, isNew);

    /// <summary>Opens and locks the settings of a table.</summary>
    /// <param name="table">The table, as the user named it.</param>
    /// <param name="isNew">There is no table yet.</param>
    /// <exception cref="UsageException">Another process has them, or a table has none.</exception>
    public static ProxyTableSettings Open(string table, bool isNew)
    {
        string path = Path.GetFullPath(table) + ".settings.json";
        try
        {
            return new ProxyTableSettings(new FileStream(path, isNew ? FileMode.OpenOrCreate : FileMode.Open, FileAccess.ReadWrite, FileShare.None), isNew);
        }
        catch (FileNotFoundException)
        {
            throw new UsageException($"--output: {table} has no {Path.GetFileName(path)} beside it that says what its scores are of; give another file.");
        }
        catch (IOException exception) when (IsLocked(exception))
        {
            throw new UsageException($"--output: another process is writing {table}; wait until it has ended, or give another file.");
        }
    }

    /// <summary>Writes the settings of a new table, or compares those of one that is there.</summary>
    /// <exception cref="UsageException">The table is of other settings.</exception>
    public void Agree(string table, ProxySettings settings, IReadOnlyList<string> proxies)
    {
        string version = settings.Version;
        if (_isNew)
        {
            _file.SetLength(0);
            _file.Write(JsonSerializer.SerializeToUtf8Bytes(new Description(version, settings.Images, proxies), PelNasJson.Options));
            _file.Write("\n"u8);
            _file.Flush();
        }
        else if (Read() is not { } found || found.Version != version || !found.Proxies.SequenceEqual(proxies))
        {
            // The folder's name may differ: the version has the hash of its images.
            throw new UsageException($"--output: {table} holds no scores of these settings ({version}, {string.Join(',', proxies)}); give another file, or the settings that {Path.GetFileName(_file.Name)} names.");
        }
    }

    public void Dispose() => _file.Dispose();

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
