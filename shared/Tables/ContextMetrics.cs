using System.Collections.Immutable;
using PelNas.Shared.Pareto;

namespace PelNas.Shared.Tables;

/// <summary>
/// The yardstick of a context: its exact front, and the quality of a found front by it. Objectives are latency and error
/// (100 - accuracy), each scaled to 0..1 by its least and greatest value over the whole context.
/// </summary>
/// <remarks>
/// <para>
/// The exact front is a set of points: architectures with the same latency and accuracy are one point, found when any of them is. An
/// architecture with the latency of another but less accuracy is dominated.
/// </para>
/// <para>
/// The live variants do the same with the accuracy axis running from the best accuracy of the context to ten points below it;
/// architectures below are left out on both sides.
/// </para>
/// </remarks>
public sealed class ContextMetrics
{
    /// <summary>Points of accuracy below the best that the live variants look at.</summary>
    public const double LivePoints = 10;

    private readonly BenchmarkContext _context;
    private readonly Axis _latency;
    private readonly Axis _error;
    private readonly Axis _liveError;
    private readonly FrontYardstick _whole;
    private readonly FrontYardstick _live;

    /// <summary>Computes the exact front of a context.</summary>
    /// <param name="context">The context.</param>
    /// <param name="isAllowed">Which architectures may be on the exact front, at least one; all by default. The scales are those of the whole context all the same.</param>
    public ContextMetrics(BenchmarkContext context, Func<int, bool>? isAllowed = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        int[] all = [.. Enumerable.Range(0, context.Space.Size).Where(isAllowed ?? (_ => true))];
        double bestError = Error(context.Accuracy.Max());
        double bestAllowed = Error(all.Max(index => context.Accuracy[index]));
        _latency = new(context.LatencyMs.Min(), context.LatencyMs.Max());
        _error = new(bestError, Error(context.Accuracy.Min()));
        _liveError = new(bestAllowed, bestAllowed + LivePoints);

        double[][] points = Points(all, _error);
        int[] front = [.. NonDominatedSort.FirstFront(points).DistinctBy(place => (points[place][0], points[place][1]))];
        ExactFront = [.. front.Select(place => all[place])];
        _whole = new([.. front.Select(place => points[place])]);
        _live = new(Points(ExactFront.Where(IsLive), _liveError));
    }

    /// <summary>The exact front, fastest first; of architectures that share a point the one of lowest index.</summary>
    public ImmutableArray<int> ExactFront { get; }

    /// <summary>Hypervolume of the exact front.</summary>
    public double ExactHypervolume => _whole.Hypervolume;

    /// <summary>Number of points of the exact front within ten points of the best accuracy.</summary>
    public int LiveFrontSize => _live.Size;

    /// <summary>The quality of the front of the labelled architectures. Nothing else may enter: a prediction is no result.</summary>
    /// <param name="labelledIndices">Architectures whose true accuracy was paid for; one named twice counts once.</param>
    /// <remarks>With none the hypervolume is 0, and the distances are those to the reference point (1, 1).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An index is not of the space.</exception>
    public FrontQuality Evaluate(IEnumerable<int> labelledIndices)
    {
        int[] labelled = [.. labelledIndices];
        foreach (int index in labelled)
        {
            if ((uint)index >= (uint)_context.Space.Size)
            {
                throw new ArgumentOutOfRangeException(nameof(labelledIndices), index, $"Architectures are numbered 0..{_context.Space.Size - 1}.");
            }
        }

        YardstickReading whole = _whole.Measure(Points(labelled, _error));
        YardstickReading live = _live.Measure(Points(labelled.Where(IsLive), _liveError));
        return new()
        {
            Hypervolume = whole.Hypervolume,
            HypervolumeRatio = whole.HypervolumeRatio,
            Igd = whole.Igd,
            FrontHitRate = whole.HitRate,
            TrueFrontSize = _whole.Size,
            LiveHypervolumeRatio = live.HypervolumeRatio,
            LiveIgd = live.Igd,
            LiveFrontHitRate = live.HitRate,
        };
    }

    private static double Error(double accuracy) => 100 - accuracy;

    private bool IsLive(int index) => Error(_context.Accuracy[index]) <= _liveError.Greatest;

    private double[][] Points(IEnumerable<int> indices, Axis error) =>
        [.. indices.Select(index => new[] { _latency.Scale(_context.LatencyMs[index]), error.Scale(Error(_context.Accuracy[index])) })];

    private readonly record struct Axis(double Least, double Greatest)
    {
        /// <summary>Where the value lies between the ends; an axis without extent has everything at its good end.</summary>
        public double Scale(double value) => Greatest > Least ? (value - Least) / (Greatest - Least) : 0;
    }
}
