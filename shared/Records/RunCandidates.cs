using PelNas.Shared.Predictor;

namespace PelNas.Shared.Records;

/// <summary>
/// Candidates of a run, or of one of its partitions, as they stood before a generation, so that a step that runs twice sees the same.
/// </summary>
public sealed class RunCandidates
{
    private readonly int _generation;

    private RunCandidates(int generation, IReadOnlyList<RunCandidate> all)
    {
        _generation = generation;
        All = all;
    }

    /// <summary>Every candidate read, by partition, then index.</summary>
    public IReadOnlyList<RunCandidate> All { get; }

    /// <summary>Candidates proposed before the generation.</summary>
    public IEnumerable<RunCandidate> Proposed => All.Where(candidate => candidate.Row.Generation < _generation);

    /// <summary>Candidates whose label was paid for before the generation, also where paying for it brought none.</summary>
    public IEnumerable<RunCandidate> Paid => All.Where(candidate => candidate.Row.LabelledGeneration < _generation);

    /// <summary>Candidates that had a label before the generation.</summary>
    public IEnumerable<RunCandidate> Labelled => Paid.Where(candidate => candidate.Row.Accuracy is not null);

    /// <summary>Candidates whose label was not paid for before the generation, whether or not one was written since.</summary>
    public IEnumerable<RunCandidate> Unlabelled => All.Where(candidate => !(candidate.Row.LabelledGeneration < _generation));

    /// <summary>The same candidates as they stood before another generation.</summary>
    public RunCandidates Before(int generation) => new(generation, All);

    /// <summary>The best accuracies labelled before the generation, by latency.</summary>
    public LabelledStaircase Staircase(RunContext context, AccuracyScale scale)
        => new LabelledStaircase(
            Labelled.Select(candidate => (candidate.Row.LatencyMs!.Value, candidate.Row.Accuracy!.Value)), context.LatencyRangeMs, scale);

    /// <summary>The candidates of a history.</summary>
    /// <param name="history">What the run's steps have written.</param>
    /// <param name="beforeGeneration">The generation whose own writes are to be overlooked.</param>
    public static RunCandidates Of(RunHistory history, int beforeGeneration) => Of(history.Candidates(), beforeGeneration);

    /// <summary>These candidates.</summary>
    /// <param name="candidates">By partition, then index.</param>
    /// <param name="beforeGeneration">The generation whose own writes are to be overlooked.</param>
    public static RunCandidates Of(IReadOnlyList<RunCandidate> candidates, int beforeGeneration) => new(beforeGeneration, candidates);
}

/// <summary>A candidate and its partition.</summary>
public readonly record struct RunCandidate(int Partition, CandidateRow Row);
