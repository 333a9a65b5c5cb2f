using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Devices.Uploads;

/// <summary>
/// The rows of an upload, in any order: every cell of a space for a full table, or some for a device whose other latencies are
/// predicted. Rows of one cell are averaged. Wrong rows are reported, each at its place.
/// </summary>
public sealed class MeasurementRows(ISearchSpace space)
{
    /// <summary>Most wrong rows reported; the rest is only counted.</summary>
    public const int MaxReported = 20;

    // A day for one image, or less than a nanosecond: it is a mistake of the unit.
    private const double MaxLatencyMs = 24 * 3_600 * 1_000.0;
    private const double MinLatencyMs = 1e-6;

    private readonly SortedDictionary<int, (List<double> LatenciesMs, string Place)> _cells = [];
    private readonly SortedDictionary<int, string> _failed = [];
    private readonly List<FieldError> _errors = [];
    private int _wrong;

    /// <summary>The space.</summary>
    public ISearchSpace Space { get; } = space;

    /// <summary>Reads a cell (<see cref="CellText"/>). On failure <paramref name="error"/> says in one sentence what is wrong.</summary>
    public bool TryReadCell(string text, out int index, out string? error)
    {
        bool isRead = CellText.TryRead(Space, text, out index, out error);
        error = error?.TrimEnd('.');
        return isRead;
    }

    /// <summary>Takes a measurement.</summary>
    /// <param name="place">Where the row is, for the error: <c>latencies[3]</c> or <c>line 4</c>.</param>
    /// <param name="index">Index of the architecture, one of the space.</param>
    /// <param name="latencyMs">Latency, ms; null where it does not run.</param>
    public void Add(string place, int index, double? latencyMs)
    {
        if (latencyMs is { } wrong && !(double.IsFinite(wrong) && wrong > 0))
        {
            Refuse(place, $"latency {wrong} of architecture {index} is not a number over 0");
        }
        else if (latencyMs is > MaxLatencyMs or < MinLatencyMs)
        {
            string than = latencyMs > MaxLatencyMs ? "more than a day" : "less than a nanosecond";
            Refuse(place, $"latency {latencyMs} ms of architecture {index} is {than}; look at the unit");
        }
        else if (latencyMs is { } latency)
        {
            Measured(place, index, latency);
        }
        else if (_cells.TryGetValue(index, out (List<double> LatenciesMs, string Place) known))
        {
            Refuse(place, $"architecture {index} failed here and has a latency in {known.Place}");
        }
        else
        {
            _failed.TryAdd(index, place);
        }
    }

    /// <summary>Reports a row that could not be read.</summary>
    public void Refuse(string place, string problem)
    {
        _wrong++;
        if (_errors.Count < MaxReported)
        {
            _errors.Add(place, problem);
        }
    }

    /// <summary>
    /// The cells by index, or what is wrong: the first wrong rows, how many more there are, and why a device cannot be made of the rest.
    /// </summary>
    /// <param name="field">Name of the whole in errors, for example <c>latencies</c>.</param>
    /// <param name="cells">The cells; empty on failure.</param>
    /// <param name="errors">What is wrong; empty on success.</param>
    public bool TryBuild(string field, out IReadOnlyList<MeasuredCell> cells, out IReadOnlyList<FieldError> errors)
    {
        List<FieldError> all = [.. _errors];
        if (_wrong > _errors.Count)
        {
            all.Add(new(field, $"{_wrong - _errors.Count} more rows are wrong"));
        }

        MeasuredCell[] built =
        [
            .. _cells.Select(cell => MeasuredCell.Of(cell.Key, cell.Value.LatenciesMs))
                .Concat(_failed.Keys.Select(index => new MeasuredCell(index, null))).OrderBy(cell => cell.Index),
        ];

        // A full table predicts nothing, and so needs no variety.
        if (_wrong == 0 && (built.Length < Space.Size || _cells.Count == 0) && LatencyEstimator.WhyNot(built) is { } problem)
        {
            all.Add(new(field, problem));
        }

        errors = all;
        cells = all.Count == 0 ? built : [];
        return all.Count == 0;
    }

    private void Measured(string place, int index, double latencyMs)
    {
        if (_failed.TryGetValue(index, out string? failed))
        {
            Refuse(place, $"architecture {index} has a latency here and failed in {failed}");
        }
        else if (_cells.TryGetValue(index, out (List<double> LatenciesMs, string Place) known))
        {
            known.LatenciesMs.Add(latencyMs);
        }
        else
        {
            _cells.Add(index, ([latencyMs], place));
        }
    }
}
