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
    private readonly ProxyTableSettings _settings;
    private readonly StreamWriter _writer;

    private ProxyTableFile(ProxyTableSettings settings, StreamWriter writer, IReadOnlySet<int> done)
        => (_settings, _writer, Done) = (settings, writer, done);

    /// <summary>The architectures that the file has already.</summary>
    public IReadOnlySet<int> Done { get; }

    /// <summary>Opens the file for the scores that are missing.</summary>
    /// <exception cref="UsageException">The file is of other settings, no such table, or being written by another process.</exception>
    /// <exception cref="ImageFolderException">The folder of images cannot be used; nothing has been created.</exception>
    public static ProxyTableFile Open(string path, ProxySettings settings, IReadOnlyList<string> proxies)
    {
        // Reads the images: what is wrong with them has to show before there is a folder or a file.
        string version = settings.Version;
        string full = Path.GetFullPath(path);
        string header = $"index,{string.Join(',', proxies)}";
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        ProxyTableSettings beside = ProxyTableSettings.Open(path);
        try
        {
            // Only under the lock does the answer hold: another process may have made the table a moment ago, of other settings.
            if (new FileInfo(full) is { Exists: true, Length: > 0 })
            {
                beside.Agree(path, version, proxies);
            }
            else
            {
                beside.Write(version, settings.Images, proxies);
                File.WriteAllText(full, header + "\n");
            }

            HashSet<int> done = [.. ReadDone(path, full, header)];
            return new ProxyTableFile(beside, new StreamWriter(full, append: true), done);
        }
        catch
        {
            beside.Dispose();
            throw;
        }
    }

    /// <summary>Adds a row and hands it to the file system.</summary>
    public void Add(int index, IReadOnlyList<ProxyScore> scores)
    {
        _writer.Write($"{index},{string.Join(',', scores.Select(Format))}\n");
        _writer.Flush();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _settings.Dispose();
    }

    private static string Format(ProxyScore score) => score.Value?.ToString("G7", CultureInfo.InvariantCulture) ?? "";

    /// <summary>The rows that are whole; half a last row, of a process that was killed, is cut off.</summary>
    private static int[] ReadDone(string path, string full, string header)
    {
        string text = File.ReadAllText(full);
        int end = text.LastIndexOf('\n') + 1;
        string[] lines = text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 && header.StartsWith(text, StringComparison.Ordinal))
        {
            // Killed before the header was whole.
            File.WriteAllText(full, header + "\n");
            return [];
        }

        if (lines.Length == 0 || lines[0] != header)
        {
            throw new UsageException(
                $"--output: {path} does not begin with '{header}', so it is no table of these proxies; give another file.");
        }

        int columns = header.Count(letter => letter == ',');
        int[] done = [.. lines.Skip(1).Select((line, i) => ReadIndex(path, line, i + 2, columns))];
        if (end < text.Length)
        {
            using FileStream file = File.OpenWrite(full);
            file.SetLength(System.Text.Encoding.UTF8.GetByteCount(text[..end]));
        }

        return done;
    }

    private static int ReadIndex(string path, string line, int number, int columns)
        => line.Count(letter => letter == ',') == columns
            && int.TryParse(line.AsSpan(0, line.IndexOf(',')), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? index
            : throw new UsageException(
                $"--output: line {number} of {path} is no row of the table; delete the lines from there on, or give another file.");
}
