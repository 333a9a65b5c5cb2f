using System.Collections.Frozen;
using System.Collections.Immutable;
using PelNas.Shared.Devices;
using PelNas.Shared.Records;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Search;

/// <summary>What a search believes of latencies that come with its labels.</summary>
internal static class ToldLatencies
{
    /// <summary>The latencies that closed generations were told, by cell.</summary>
    public static MeasuredCell[] In(RunHistory history) =>
    [
        .. history.Candidates().Select(candidate => candidate.Row)
            .Where(row => row is { Accuracy: not null, LatencyMs: not null })
            .Select(row => new MeasuredCell(row.Index, row.LatencyMs))
            .OrderBy(cell => cell.Index),
    ];

    /// <summary>
    /// Latencies of all cells: those told as they are, the others by the model of a device of which these are measured, or, while these are
    /// too few for it, by a count that is scaled to them.
    /// </summary>
    /// <param name="counted">The search before any label, with counts instead of latencies.</param>
    /// <param name="told">The latencies told.</param>
    public static BenchmarkContext Believe(BenchmarkContext counted, MeasuredCell[] told, LatencyEstimator estimator)
    {
        if (told.Length == 0)
        {
            return counted;
        }

        LatencyEstimate? estimate = LatencyEstimator.WhyNot(told) is null ? estimator.Estimate(told) : null;
        ImmutableArray<double> deviations = estimate?.DeviationMs ?? [.. counted.LatencyMs.Select(_ => 0.0)];
        ImmutableArray<double>.Builder all = (estimate?.LatencyMs ?? Scale(counted.LatencyMs, told)).ToBuilder();
        foreach (MeasuredCell cell in told)
        {
            all[cell.Index] = cell.LatencyMs!.Value;
        }

        LatencyUncertainty uncertainty = new(deviations, told.Select(cell => cell.Index).ToFrozenSet());
        return new BenchmarkContext(counted.Dataset, counted.Shape, counted.Device, counted.Space, all.ToImmutable())
        {
            Uncertainty = uncertainty,
        };
    }

    /// <summary>The same in an open space, by the model of <see cref="AdditiveLatency"/>.</summary>
    public static BenchmarkContext BelieveOpen(BenchmarkContext counted, MeasuredCell[] told)
    {
        OpenBenchmark open = counted.Open!;
        AdditiveLatency model = AdditiveLatency.Fit(
            [.. told.Select(cell => counted.Space.Genotype(cell.Index).ToArray())], [.. told.Select(cell => cell.LatencyMs!.Value)],
            open.Measures.Complexity);
        return open.Believe(counted, model.Of, told.ToDictionary(cell => cell.Index, cell => cell.LatencyMs!.Value), model.DeviationMs);
    }

    private static ImmutableArray<double> Scale(ImmutableArray<double> counts, MeasuredCell[] told)
    {
        double factor = told.Sum(cell => cell.LatencyMs!.Value) / told.Sum(cell => counts[cell.Index]);
        return [.. counts.Select(count => count * factor)];
    }
}
