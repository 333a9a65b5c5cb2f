using PelNas.Shared.Runs;

namespace PelNas.Shared.Evolution;

/// <summary>The Pareto front of labelled candidates: least latency, highest accuracy.</summary>
public static class LabelledFront
{
    /// <summary>The non-dominated candidates, the fastest first; of equal ones the lowest index.</summary>
    /// <param name="labelled">Candidates with accuracy and latency.</param>
    public static IReadOnlyList<RunCandidate> Of(IEnumerable<RunCandidate> labelled)
    {
        List<RunCandidate> front = [];
        double best = double.NegativeInfinity;
        foreach (RunCandidate candidate in labelled
            .OrderBy(candidate => candidate.Row.LatencyMs)
            .ThenByDescending(candidate => candidate.Row.Accuracy)
            .ThenBy(candidate => candidate.Row.Index))
        {
            if (candidate.Row.Accuracy is { } accuracy && accuracy > best)
            {
                best = accuracy;
                front.Add(candidate);
            }
        }

        return front;
    }
}
