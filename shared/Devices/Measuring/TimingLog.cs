namespace PelNas.Shared.Devices.Measuring;

/// <summary>
/// A file of timings, a whole round at a time, so that measuring can go on where it was interrupted. Without a path it is kept in memory.
/// </summary>
public sealed class TimingLog
{
    private readonly string? _path;
    private readonly Dictionary<(int Round, int Cell), double> _timings = [];

    /// <summary>Opens or begins a log.</summary>
    /// <param name="path">The file, or null.</param>
    public TimingLog(string? path)
    {
        _path = path;
        string text = File.Exists(path) ? File.ReadAllText(path) : "";
        string whole = text[..(text.LastIndexOf('\n') + 1)];
        if (whole.Length < text.Length)
        {
            // A kill has cut the last line short, perhaps within its number; its round is measured again.
            File.WriteAllText(path!, whole);
        }

        foreach (string line in whole.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Read(line);
        }
    }

    /// <summary>Rounds in which all of some cells were timed.</summary>
    public int RoundsOf(IReadOnlyCollection<int> cells)
    {
        int round = 0;
        while (cells.All(cell => _timings.ContainsKey((round, cell))))
        {
            round++;
        }

        return round;
    }

    /// <summary>Adds a round; timings of it that the log has already are replaced.</summary>
    public void Add(int round, IReadOnlyCollection<(int Cell, double Ms)> timings)
    {
        foreach ((int cell, double ms) in timings)
        {
            _timings[(round, cell)] = ms;
        }

        if (_path is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
            File.AppendAllText(_path, string.Concat(timings.Select(timing => $"{round},{timing.Cell},{timing.Ms:R}\n")));
        }
    }

    /// <summary>Timings of a cell in the first rounds, ms.</summary>
    public IReadOnlyList<double> Of(int cell, int rounds)
        => [.. _timings.Where(timing => timing.Key.Cell == cell && timing.Key.Round < rounds).Select(timing => timing.Value)];

    /// <summary>Forgets everything.</summary>
    public void Delete()
    {
        _timings.Clear();
        if (_path is not null)
        {
            File.Delete(_path);
        }
    }

    private void Read(string line)
    {
        if (line.Split(',') is [var round, var cell, var ms]
            && int.TryParse(round, CultureInfo.InvariantCulture, out int number)
            && int.TryParse(cell, CultureInfo.InvariantCulture, out int index)
            && double.TryParse(ms, CultureInfo.InvariantCulture, out double value))
        {
            _timings[(number, index)] = value;
        }
    }
}
