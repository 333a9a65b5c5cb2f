namespace PelNas.Shared.Devices.Measuring;

/// <summary>
/// A file of timings, a whole round at a time, so that measuring can go on where it was interrupted. Without a path it is kept in memory.
/// </summary>
/// <param name="path">The file, or null.</param>
public sealed class TimingLog(string? path)
{
    private readonly List<(int Round, int Cell, double Ms)> _timings = [.. path is null ? [] : Read(path)];

    /// <summary>Rounds in which all of some cells were timed.</summary>
    public int RoundsOf(IReadOnlyCollection<int> cells)
    {
        int round = 0;
        while (cells.All(cell => _timings.Any(timing => timing.Round == round && timing.Cell == cell)))
        {
            round++;
        }

        return round;
    }

    /// <summary>Adds a round.</summary>
    public void Add(int round, IReadOnlyCollection<(int Cell, double Ms)> timings)
    {
        _timings.AddRange(timings.Select(timing => (round, timing.Cell, timing.Ms)));
        if (path is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.AppendAllText(path, string.Concat(timings.Select(timing => $"{round},{timing.Cell},{timing.Ms:R}\n")));
        }
    }

    /// <summary>Timings of a cell in the first rounds, ms.</summary>
    public IReadOnlyList<double> Of(int cell, int rounds)
        => [.. _timings.Where(timing => timing.Cell == cell && timing.Round < rounds).Select(timing => timing.Ms)];

    /// <summary>Forgets everything.</summary>
    public void Delete()
    {
        _timings.Clear();
        if (path is not null)
        {
            File.Delete(path);
        }
    }

    // The last line may have been cut off with the process; its round is then measured again.
    private static IEnumerable<(int Round, int Cell, double Ms)> Read(string path)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        foreach (string line in File.ReadLines(path))
        {
            if (line.Split(',') is [var round, var cell, var ms]
                && int.TryParse(round, CultureInfo.InvariantCulture, out int number)
                && int.TryParse(cell, CultureInfo.InvariantCulture, out int index)
                && double.TryParse(ms, CultureInfo.InvariantCulture, out double value))
            {
                yield return (number, index, value);
            }
        }
    }
}
