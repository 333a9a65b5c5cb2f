using System.Text;
using System.Text.Json;
using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Proxies;

namespace PelNas.Cli.Proxies;

/// <summary>
/// A table of proxies being written: <c>index</c> and a column for each proxy, ascending, empty where a proxy has no score, seven digits.
/// Beside it, with <c>.settings.json</c> after its name, what the scores depend on. A file that was cut short is continued; one that
/// another process is writing is left alone.
/// </summary>
internal sealed class ProxyTableFile : IDisposable
{
    private readonly FileStream _file;

    private ProxyTableFile(FileStream file, IReadOnlySet<int> done) => (_file, Done) = (file, done);

    /// <summary>The architectures that the file has already.</summary>
    public IReadOnlySet<int> Done { get; }

    /// <summary>Opens the file for the scores that are missing.</summary>
    /// <exception cref="UsageException">The file is of other settings, no such table, or being written by another process.</exception>
    /// <exception cref="ImageFolderException">The folder of images cannot be used; nothing has been created.</exception>
    public static ProxyTableFile Open(string path, ProxySettings settings, IReadOnlyList<string> proxies)
    {
        // Reads the images: what is wrong with them has to show before there is a folder or a file.
        Description wanted = new(settings.Version, settings.Images, proxies);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStream file = Lock(path);
        try
        {
            return new ProxyTableFile(file, Begin(file, path, wanted).ToHashSet());
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a row and hands it to the file system.</summary>
    public void Add(int index, IReadOnlyList<ProxyScore> scores) => Write(_file, $"{index},{string.Join(',', scores.Select(Format))}\n");

    public void Dispose() => _file.Dispose();

    /// <summary>Opens the table for this process alone; the lock goes with the process, however that ends.</summary>
    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsLocked(exception))
        {
            throw new UsageException($"--output: another process is writing {path}; wait until it has ended, or give another file.");
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

    /// <summary>
    /// The architectures of a table that is there, or none of a new one, whose settings are written before its header. The next row goes
    /// after the last whole one; half a row, of a process that was killed, is cut off.
    /// </summary>
    private static int[] Begin(FileStream file, string path, Description wanted)
    {
        string header = $"index,{string.Join(',', wanted.Proxies)}";
        string text = new StreamReader(file).ReadToEnd();
        if (header.StartsWith(text, StringComparison.Ordinal))
        {
            File.WriteAllText(SettingsOf(path), PelNasJson.Serialize(wanted) + "\n");
            file.SetLength(0);
            Write(file, header + "\n");
            return [];
        }

        CheckSettings(path, wanted);
        int end = text.LastIndexOf('\n') + 1;
        string[] lines = text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines[0] != header)
        {
            throw new UsageException(
                $"--output: {path} does not begin with '{header}', so it is no table of these proxies; give another file.");
        }

        int[] done = [.. lines.Skip(1).Select((line, i) => ReadIndex(path, line, i + 2, wanted.Proxies.Count))];
        file.SetLength(Encoding.UTF8.GetByteCount(text[..end]));
        file.Seek(0, SeekOrigin.End);
        return done;
    }

    /// <exception cref="UsageException">The table is of other settings, or has none.</exception>
    private static void CheckSettings(string path, Description wanted)
    {
        string name = Path.GetFileName(SettingsOf(path));
        if (!File.Exists(SettingsOf(path)))
        {
            throw new UsageException($"--output: {path} has no {name} beside it that says what its scores are of; give another file.");
        }

        // The folder's name may differ: the version has the hash of its images.
        if (ReadSettings(path) is not { } found || found.Version != wanted.Version || !found.Proxies.SequenceEqual(wanted.Proxies))
        {
            throw new UsageException(
                $"--output: {path} holds no scores of these settings ({wanted.Version}, {string.Join(',', wanted.Proxies)}); give another "
                    + $"file, or the settings that {name} names.");
        }
    }

    private static Description? ReadSettings(string path)
    {
        try
        {
            return PelNasJson.Deserialize<Description>(File.ReadAllText(SettingsOf(path)));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int ReadIndex(string path, string line, int number, int columns)
        => line.Count(letter => letter == ',') == columns
            && int.TryParse(line.AsSpan(0, line.IndexOf(',')), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? index
            : throw new UsageException(
                $"--output: line {number} of {path} is no row of the table; delete the lines from there on, or give another file.");

    private static void Write(FileStream file, string text)
    {
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush();
    }

    private static string Format(ProxyScore score) => score.Value?.ToString("G7", CultureInfo.InvariantCulture) ?? "";

    private static string SettingsOf(string path) => Path.GetFullPath(path) + ".settings.json";

    private sealed record Description(string Version, string? Images, IReadOnlyList<string> Proxies);
}
