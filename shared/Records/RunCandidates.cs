using PelNas.Shared.Predictor;
using PelNas.Shared.Storage;


namespace PelNas.Shared.Records;

/// <summary>Candidates of a run, or of one of its partitions, as they stood before a generation, so that a step that runs twice sees the same.</summary>
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

    /// <summary>Candidates whose label was paid for before the generation.</summary>
    public IEnumerable<RunCandidate> Labelled => All.Where(candidate => candidate.Row.LabelledGeneration < _generation);

    /// <summary>Candidates that had no label before the generation, whether or not one was written since.</summary>
    public IEnumerable<RunCandidate> Unlabelled => All.Where(candidate => !(candidate.Row.LabelledGeneration < _generation));

    /// <summary>The same candidates as they stood before another generation.</summary>
    public RunCandidates Before(int generation) => new(generation, All);

    /// <summary>The best accuracies labelled before the generation, by latency.</summary>
    public LabelledStaircase Staircase(RunContext context, AccuracyScale scale)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new LabelledStaircase(Labelled.Select(candidate => (candidate.Row.LatencyMs!.Value, candidate.Row.Accuracy!.Value)), context.LatencyRangeMs, scale);
    }

    /// <summary>Reads the candidates of all partitions.</summary>
    /// <param name="store">The store.</param>
    /// <param name="run">The run.</param>
    /// <param name="beforeGeneration">The generation whose own writes are to be overlooked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<RunCandidates> LoadAsync(IRunStore store, RunRow run, int beforeGeneration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(run);
        List<RunCandidate> all = [];
        for (int partition = 0; partition < run.Partitions.Count; partition++)
        {
            all.AddRange(await ReadAsync(store, run.RunId, partition, cancellationToken));
        }

        return new RunCandidates(beforeGeneration, all);
    }

    /// <summary>Reads the candidates of one partition, for steps that look at no other.</summary>
    /// <param name="store">The store.</param>
    /// <param name="runId">The run.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="beforeGeneration">The generation whose own writes are to be overlooked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<RunCandidates> LoadPartitionAsync(
        IRunStore store, string runId, int partition, int beforeGeneration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new RunCandidates(beforeGeneration, [.. await ReadAsync(store, runId, partition, cancellationToken)]);
    }

    private static async Task<IEnumerable<RunCandidate>> ReadAsync(IRunStore store, string runId, int partition, CancellationToken cancellationToken)
        => (await store.GetCandidatesAsync(runId, partition, cancellationToken)).Select(row => new RunCandidate(partition, row));
}

/// <summary>A candidate and its partition.</summary>
/// <param name="Partition">Partition.</param>
/// <param name="Row">The stored row.</param>
public readonly record struct RunCandidate(int Partition, CandidateRow Row);
