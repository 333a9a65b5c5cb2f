namespace PelNas.Shared.Comparison;

/// <summary>
/// The two tables of a benchmark in its output folder, benchmark.csv and curves.csv. A run is done when its rows are in benchmark.csv.
/// </summary>
public sealed class BenchmarkLog : IDisposable
{
    /// <summary>File name of the table of runs.</summary>
    public const string RowsName = "benchmark.csv";

    /// <summary>File name of the table of curves.</summary>
    public const string CurvesName = "curves.csv";

    private readonly AppendOnlyCsv<BenchmarkRow> _rowFile;
    private readonly AppendOnlyCsv<CurveRow> _curveFile;
    private readonly Lock _lock = new();
    private readonly Dictionary<BenchmarkKey, BenchmarkRow> _rows = [];
    private readonly Dictionary<(BenchmarkKey Key, int Labels), CurveRow> _curves = [];

    /// <summary>Opens the tables of a folder, creating what is not there.</summary>
    /// <exception cref="BenchmarkFileException">A table cannot be continued.</exception>
    /// <exception cref="IOException">The folder or a file cannot be opened.</exception>
    public BenchmarkLog(string folder)
    {
        Directory.CreateDirectory(folder);
        _rowFile = new(Path.Combine(folder, RowsName), CsvFormat.RowHeader, CsvFormat.Format, CsvFormat.ParseRow);
        try
        {
            _curveFile = new(Path.Combine(folder, CurvesName), CsvFormat.CurveHeader, CsvFormat.Format, CsvFormat.ParseCurve);
        }
        catch
        {
            _rowFile.Dispose();
            throw;
        }

        if (_rowFile.Rows.FirstOrDefault(row => row.Version != ProductVersion.Current) is { } other)
        {
            Dispose();
            throw new BenchmarkFileException(
                $"{RowsName} in '{folder}' has runs of version {other.Version} and this is {ProductVersion.Current}, whose strategies "
                    + "may differ. Give another output folder.");
        }

        foreach (BenchmarkRow row in _rowFile.Rows)
        {
            _rows[row.Key] = row;
        }

        foreach (CurveRow row in _curveFile.Rows)
        {
            _curves[(row.Key, row.Labels)] = row;
        }
    }

    /// <summary>Whether a row is there.</summary>
    public bool Contains(BenchmarkKey key)
    {
        lock (_lock)
        {
            return _rows.ContainsKey(key);
        }
    }

    /// <summary>The row of a key, or null.</summary>
    public BenchmarkRow? Find(BenchmarkKey key)
    {
        lock (_lock)
        {
            return _rows.GetValueOrDefault(key);
        }
    }

    /// <summary>The points of all curves.</summary>
    public IReadOnlyList<CurveRow> Curves()
    {
        lock (_lock)
        {
            return [.. _curves.Values];
        }
    }

    /// <summary>Records a run. Its curve goes first: a kill in between leaves a run that is made again, with the same curve.</summary>
    public void Append(IReadOnlyCollection<BenchmarkRow> rows, IReadOnlyCollection<CurveRow> curve)
    {
        lock (_lock)
        {
            _curveFile.Append(curve);
            _rowFile.Append(rows);
            foreach (BenchmarkRow row in rows)
            {
                _rows[row.Key] = row;
            }

            foreach (CurveRow point in curve)
            {
                _curves[(point.Key, point.Labels)] = point;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rowFile.Dispose();
        _curveFile.Dispose();
    }
}

/// <summary>A file of a benchmark cannot be continued. The message says which and what to do.</summary>
public sealed class BenchmarkFileException(string message, Exception? inner = null) : Exception(message, inner);
