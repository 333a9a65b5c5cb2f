using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using PelNas.Shared.Common;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Tables;

/// <summary>Builds the latency table of a whole space from rows in any order, and reports the rows that are wrong.</summary>
/// <param name="space">The space.</param>
public sealed class LatencyTableBuilder(ISearchSpace space)
{
    /// <summary>Most wrong rows reported; the rest is only counted.</summary>
    public const int MaxReported = 20;

    private const int MaxMissingNamed = 10;

    private readonly double[] _latencies = Missing(space.Size);
    private readonly List<FieldError> _errors = [];
    private int _wrong;

    /// <summary>The space.</summary>
    public ISearchSpace Space { get; } = space;

    /// <summary>Takes a row.</summary>
    /// <param name="place">Where the row is, for the error: <c>latencies[3]</c> or <c>line 4</c>.</param>
    /// <param name="index">Index of the architecture.</param>
    /// <param name="latencyMs">Latency, ms.</param>
    public void Add(string place, int index, double latencyMs)
    {
        if ((uint)index >= (uint)_latencies.Length)
        {
            Refuse(place, string.Create(CultureInfo.InvariantCulture, $"index {index} is not of {Space.Name}, whose architectures are 0 to {_latencies.Length - 1}"));
        }
        else if (!(double.IsFinite(latencyMs) && latencyMs > 0))
        {
            Refuse(place, string.Create(CultureInfo.InvariantCulture, $"latency {latencyMs} of architecture {index} is not a number over 0"));
        }
        else if (!double.IsNaN(_latencies[index]))
        {
            Refuse(place, string.Create(CultureInfo.InvariantCulture, $"architecture {index} was given before"));
        }
        else
        {
            _latencies[index] = latencyMs;
        }
    }

    /// <summary>Reports a row that could not be read.</summary>
    public void Refuse(string place, string problem)
    {
        _wrong++;
        if (_errors.Count < MaxReported)
        {
            _errors.Add(new FieldError(place, problem));
        }
    }

    /// <summary>The table, or what is wrong: the first wrong rows, how many more there are, and how many architectures are missing.</summary>
    /// <param name="field">Name of the whole in errors, for example <c>latencies</c>.</param>
    /// <param name="latencyMs">Latency by architecture, ms; empty on failure.</param>
    /// <param name="errors">What is wrong; empty on success.</param>
    public bool TryBuild(string field, out ImmutableArray<double> latencyMs, out IReadOnlyList<FieldError> errors)
    {
        List<FieldError> all = [.. _errors];
        if (_wrong > _errors.Count)
        {
            all.Add(new(field, $"{_wrong - _errors.Count} more rows are wrong"));
        }

        int[] missing = [.. Enumerable.Range(0, _latencies.Length).Where(index => double.IsNaN(_latencies[index]))];
        if (missing.Length > 0)
        {
            string named = string.Join(", ", missing.Take(MaxMissingNamed)) + (missing.Length > MaxMissingNamed ? ", ..." : "");
            all.Add(new(field, $"{missing.Length} of {_latencies.Length} architectures have no latency: {named}"));
        }

        errors = all;
        latencyMs = all.Count == 0 ? ImmutableCollectionsMarshal.AsImmutableArray((double[])_latencies.Clone()) : [];
        return all.Count == 0;
    }

    private static double[] Missing(int size)
    {
        double[] values = new double[size];
        Array.Fill(values, double.NaN);
        return values;
    }
}
