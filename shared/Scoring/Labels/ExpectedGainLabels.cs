using PelNas.Shared.Scoring.Accuracy;

namespace PelNas.Shared.Scoring.Labels;

/// <summary>
/// Chooses the labels to pay for by expected hypervolume improvement, over all partitions at once. Latency is known, so the
/// expectation runs over the accuracy alone (Gauss-Hermite quadrature). A batch is chosen one by one, each choice taken at its
/// predicted value for the next (the "Kriging believer" of Ginsbourger et al. 2010).
/// </summary>
/// <remarks>
/// Two error scales take turns: the whole range, on which the hypervolume is reported, and the ten points below the best accuracy,
/// on which differences between good architectures still count.
/// </remarks>
public static class ExpectedGainLabels
{
    private const double LivePoints = 10;

    // Nodes and weights of 7-point Gauss-Hermite quadrature for the standard normal distribution.
    private static readonly (double Node, double Weight)[] Quadrature =
    [
        (-3.7504397177257425, 0.0005482688559722), (-2.3667594107345416, 0.0307571239675865), (-1.1544053947399682, 0.2401231786050127),
        (0, 0.4571428571428571),
        (1.1544053947399682, 0.2401231786050127), (2.3667594107345416, 0.0307571239675865), (3.7504397177257425, 0.0005482688559722),
    ];

    /// <summary>Chooses up to <paramref name="count"/> candidates of distinct functions.</summary>
    /// <param name="labelled">Latency (ms) and accuracy (percent) of the labels paid so far.</param>
    /// <param name="candidates">Candidates with predictions.</param>
    /// <param name="knownFunctions">Functions that have a label already.</param>
    /// <param name="latencyRange">Smallest and largest latency of the space, ms.</param>
    /// <param name="count">How many to choose.</param>
    public static IReadOnlyList<LabelCandidate> Choose(
        IReadOnlyList<(double LatencyMs, double Accuracy)> labelled,
        IReadOnlyList<LabelCandidate> candidates,
        IEnumerable<int> knownFunctions,
        (double Min, double Max) latencyRange,
        int count)
    {
        ArgumentNullException.ThrowIfNull(labelled);
        ArgumentNullException.ThrowIfNull(candidates);
        double bestError = labelled.Count == 0 ? 0 : labelled.Min(point => 100 - point.Accuracy);
        Scale[] scales =
        [
            new Scale(labelled, bestError, Math.Max(labelled.Count == 0 ? 100 : labelled.Max(point => 100 - point.Accuracy), bestError + 1), latencyRange),
            new Scale(labelled, bestError, bestError + LivePoints, latencyRange),
        ];
        HashSet<int> taken = [.. knownFunctions];
        List<LabelCandidate> pool = [.. candidates.OrderBy(candidate => candidate.Index)];
        List<LabelCandidate> chosen = [];
        while (chosen.Count < count)
        {
            pool.RemoveAll(candidate => taken.Contains(candidate.FunctionId));
            if (pool.Count == 0)
            {
                break;
            }

            Scale scale = scales[chosen.Count % scales.Length];
            LabelCandidate best = pool.MaxBy(scale.ExpectedGain);
            chosen.Add(best);
            taken.Add(best.FunctionId);
            foreach (Scale each in scales)
            {
                each.Believe(best);
            }
        }

        return chosen;
    }

    private sealed class Scale
    {
        private readonly FrontGain _front = new();
        private readonly double _leastError;
        private readonly double _mostError;
        private readonly (double Min, double Max) _latency;

        public Scale(IReadOnlyList<(double LatencyMs, double Accuracy)> labelled, double leastError, double mostError, (double Min, double Max) latency)
        {
            _leastError = leastError;
            _mostError = mostError;
            _latency = latency;
            foreach ((double latencyMs, double accuracy) in labelled)
            {
                _front.Add(Latency(latencyMs), Error(accuracy));
            }
        }

        public double ExpectedGain(LabelCandidate candidate)
        {
            double latency = Latency(candidate.LatencyMs);
            double gain = 0;
            foreach ((double node, double weight) in Quadrature)
            {
                gain += weight * _front.Gain(latency, Error(AccuracyScale.ToAccuracy(candidate.Mean + (node * candidate.Deviation))));
            }

            return gain;
        }

        public void Believe(LabelCandidate candidate)
            => _front.Add(Latency(candidate.LatencyMs), Error(AccuracyScale.ToAccuracy(candidate.Mean)));

        private double Latency(double latencyMs) => _latency.Max > _latency.Min ? (latencyMs - _latency.Min) / (_latency.Max - _latency.Min) : 0;

        private double Error(double accuracy) => (100 - accuracy - _leastError) / (_mostError - _leastError);
    }
}
