using System.Text;

namespace PelNas.Shared.Comparison;

/// <summary>
/// A CSV file to which lines are appended, whole ones at a time, and which is continued after a kill: what a kill may have left of
/// the last line is cut off. One process at a time may have it open for writing. Safe to share between threads.
/// </summary>
internal sealed class AppendOnlyCsv<T> : IDisposable
{
    private readonly FileStream _file;
    private readonly Lock _lock = new();
    private readonly Func<T, string> _format;

    /// <summary>Opens or creates the file and reads what it holds.</summary>
    /// <param name="path">Path of the file; its folder exists.</param>
    /// <param name="header">The first line.</param>
    /// <param name="format">Makes a line of a row.</param>
    /// <param name="parse">Makes a row of a line; throws <see cref="FormatException"/> when it is none.</param>
    /// <exception cref="BenchmarkFileException">The file is of another kind or damaged before its last line.</exception>
    /// <exception cref="IOException">The file cannot be opened, for example because another process writes to it.</exception>
    public AppendOnlyCsv(string path, string header, Func<T, string> format, Func<string, T> parse)
    {
        _format = format;
        // Only without any share does Unix keep a second writer out.
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            Rows = Read(path, header, parse);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>The rows that the file held when it was opened.</summary>
    public IReadOnlyList<T> Rows { get; }

    /// <summary>Appends rows and hands them to the operating system, so that they survive a kill of the process.</summary>
    public void Append(IEnumerable<T> rows)
    {
        byte[] lines = Encoding.UTF8.GetBytes(string.Concat(rows.Select(row => _format(row) + "\n")));
        lock (_lock)
        {
            _file.Write(lines);
            _file.Flush();
        }
    }

    public void Dispose() => _file.Dispose();

    private List<T> Read(string path, string header, Func<string, T> parse)
    {
        byte[] bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        int end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        string[] lines = Encoding.UTF8.GetString(bytes, 0, end).Split('\n')[..^1];
        if (lines.Length == 0)
        {
            // Nothing yet, or the header was cut short.
            Truncate(0);
            _file.Write(Encoding.UTF8.GetBytes(header + "\n"));
            _file.Flush();
            return [];
        }

        if (lines[0] != header)
        {
            throw new BenchmarkFileException(
                $"'{path}' does not begin with the header of this version's table. Give another output folder, or move the file away.");
        }

        List<T> rows = [];
        for (int number = 1; number < lines.Length; number++)
        {
            try
            {
                rows.Add(parse(lines[number]));
            }
            catch (FormatException) when (number == lines.Length - 1)
            {
                end -= Encoding.UTF8.GetByteCount(lines[number]) + 1;
            }
            catch (FormatException exception)
            {
                throw new BenchmarkFileException(
                    $"Line {number + 1} of '{path}' is damaged: {exception.Message}. Delete the line to have its run made again.",
                    exception);
            }
        }

        Truncate(end);
        return rows;
    }

    private void Truncate(long length)
    {
        _file.SetLength(length);
        _file.Position = length;
    }
}
