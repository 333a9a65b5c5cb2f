using System.Collections.Immutable;
using PelNas.Shared.Pareto;

namespace PelNas.Shared.Tables;

/// <summary>
/// The yardstick of a context: its exact front, and the quality of a found front by it. Objectives are latency and error
/// (100 - test accuracy). Latency is scaled to 0..1 by <see cref="BenchmarkContext.LatencyRangeMs"/>, which leaves out what is far
/// outside the rest, error by its least and greatest value over the whole context.
/// </summary>
/// <remarks>
/// <para>
/// The exact front is a set of points: architectures with the same latency and accuracy are one point, found when any of them is. An
/// architecture with the latency of another but less accuracy is dominated.
/// </para>
/// <para>
/// A found front is chosen by the labels that were paid for and judged on test accuracy. With validation labels even the exact front
/// of the labels falls short of the exact front: <see cref="Ceiling"/>.
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
    private readonly int[] _allowed;
    private readonly Axis _latency;
    private readonly Axis _error;
    private readonly Axis _liveError;
    private readonly FrontYardstick _whole;
    private readonly FrontYardstick _live;
    private readonly Lazy<ImmutableArray<int>> _validationFront;
    private readonly Lazy<FrontQuality> _ceiling;

    /// <summary>Computes the exact front of a context.</summary>
    /// <param name="isAllowed">
    /// Which of the architectures that the device can run may be on the exact front, at least one; all by default. The scales are those
    /// of the whole context all the same.
    /// </param>
    public ContextMetrics(BenchmarkContext context, Func<int, bool>? isAllowed = null)
    {
        _context = context;
        _allowed =
            [.. Enumerable.Range(0, context.Space.Size).Where(index => context.IsFeasible(index) && isAllowed?.Invoke(index) != false)];
        double bestError = Error(context.TestAccuracy.Max());
        double bestAllowed = Error(_allowed.Max(index => context.TestAccuracy[index]));
        _latency = new(context.LatencyRangeMs.Min, context.LatencyRangeMs.Max);
        _error = new(bestError, Error(context.TestAccuracy.Min()));
        _liveError = new(bestAllowed, bestAllowed + LivePoints);
        ExactFront = FrontBy(context.TestAccuracy, _allowed);
        _whole = new(Points(ExactFront, _error));
        _live = new(Points(ExactFront.Where(IsLive), _liveError));
        _validationFront = new(() => FrontBy(context.ValidationAccuracy, _allowed));
        _ceiling = new(() => Judge(_validationFront.Value));
    }

    /// <summary>The exact front, fastest first; of architectures that share a point the one of lowest index.</summary>
    public ImmutableArray<int> ExactFront { get; }

    /// <summary>Hypervolume of the exact front.</summary>
    public double ExactHypervolume => _whole.Hypervolume;

    /// <summary>The front of a search that paid for every label: the exact front of the labels, fastest first.</summary>
    /// <param name="labelsFrom">One of <see cref="LabelSources"/>.</param>
    public ImmutableArray<int> FrontOfAllLabels(string labelsFrom) => labelsFrom == LabelSources.Test ? ExactFront : _validationFront.Value;

    /// <summary>
    /// The quality of <see cref="FrontOfAllLabels"/>: what is missing from full marks is the noise between validation and test accuracy.
    /// It is no bound: out of fewer labels a front is chosen less by their noise. Null where that front is the exact one: for test labels,
    /// and in spaces of which one accuracy is known.
    /// </summary>
    /// <param name="labelsFrom">One of <see cref="LabelSources"/>.</param>
    public FrontQuality? Ceiling(string labelsFrom)
        => labelsFrom == LabelSources.Test || _context.ValidationAccuracy == _context.TestAccuracy ? null : _ceiling.Value;

    /// <summary>
    /// The quality of the front of the labelled architectures, chosen by their labels and judged on test accuracy. Nothing else may
    /// enter: a prediction is no result.
    /// </summary>
    /// <param name="labelledIndices">Architectures whose label was paid for; one named twice counts once.</param>
    /// <param name="labelsFrom">Which accuracies the labels are: one of <see cref="LabelSources"/>.</param>
    /// <remarks>With none the hypervolume is 0, and the distances are those to the reference point (1, 1).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An index is not of the space, or the device cannot run the architecture.</exception>
    public FrontQuality Evaluate(IEnumerable<int> labelledIndices, string labelsFrom)
    {
        int[] labelled = [.. labelledIndices.Distinct().Order()];
        foreach (int index in labelled)
        {
            if ((uint)index >= (uint)_context.Space.Size)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(labelledIndices), index, $"Architectures are numbered 0..{_context.Space.Size - 1}.");
            }

            if (!_context.IsFeasible(index))
            {
                throw new ArgumentOutOfRangeException(nameof(labelledIndices), index, $"{_context.Device} cannot run the architecture.");
            }
        }

        return Judge(FrontBy(_context.Labels(labelsFrom), labelled));
    }

    /// <summary>The quality of architectures by their test accuracies.</summary>
    private FrontQuality Judge(IReadOnlyCollection<int> front)
        => FrontQuality.Of(_whole.Measure(Points(front, _error)), _live.Measure(Points(front.Where(IsLive), _liveError)), _whole.Size);

    /// <summary>The non-dominated ones of architectures in index order, fastest first; of equal points the lowest index.</summary>
    private ImmutableArray<int> FrontBy(ImmutableArray<double> accuracy, int[] indices)
    {
        double[][] points = [.. indices.Select(index => new[] { _context.LatencyMs[index], Error(accuracy[index]) })];
        return [.. NonDominatedSort.FirstFront(points).DistinctBy(place => (points[place][0], points[place][1]))
            .Select(place => indices[place])];
    }

    private static double Error(double accuracy) => 100 - accuracy;

    private bool IsLive(int index) => Error(_context.TestAccuracy[index]) <= _liveError.Greatest;

    private double[][] Points(IEnumerable<int> indices, Axis error) =>
        [.. indices.Select(index => new[] { _latency.Scale(_context.LatencyMs[index]), error.Scale(Error(_context.TestAccuracy[index])) })];

    private readonly record struct Axis(double Least, double Greatest)
    {
        /// <summary>
        /// Where the value lies between the ends; an axis without extent has everything at its good end, and what is beyond the bad end
        /// counts as there.
        /// </summary>
        public double Scale(double value) => Greatest > Least ? Math.Min(1, (value - Least) / (Greatest - Least)) : 0;
    }
}
