namespace PelNas.Shared.Records;

/// <summary>The rows of a run's generations, put together. Read-only.</summary>
public sealed class RunHistory
{
    private readonly ILookup<string, IGenerationRow> _rows;

    /// <summary>Puts rows together, in whatever order they come.</summary>
    public RunHistory(IEnumerable<IGenerationRow> rows)
        => _rows = rows.OrderBy(row => row.Key.Generation).ThenBy(row => row.Key.Partition).ToLookup(row => row.Key.Kind);

    /// <summary>The fronts, by generation; the last one is in force.</summary>
    public IEnumerable<FrontRow> Fronts => _rows[GenerationKinds.Front].Cast<FrontRow>();

    /// <summary>The front in force, or null before the first.</summary>
    public FrontRow? Front => Fronts.LastOrDefault();

    /// <summary>What generations did, by partition, then generation; the rounds of the whole run come first.</summary>
    public IReadOnlyList<RoundRow> Rounds =>
    [
        .. Fronts.Select(front => front.Round)
            .Concat(Proposals.Select(proposals => Closed(proposals.Round)))
            .OrderBy(round => round.Partition).ThenBy(round => round.Generation),
    ];

    /// <summary>
    /// What a search in an open space has added to its pool, by generation; in each that of the whole run first, then by partition.
    /// </summary>
    public IEnumerable<PoolRow> Pool => _rows[GenerationKinds.Pool].Cast<PoolRow>();

    private IEnumerable<ProposalsRow> Proposals => _rows[GenerationKinds.Proposals].Cast<ProposalsRow>();

    private IEnumerable<ScoresRow> Scores => _rows[GenerationKinds.Scores].Cast<ScoresRow>();

    private IEnumerable<LabelsRow> Labels => _rows[GenerationKinds.Labels].Cast<LabelsRow>();

    /// <summary>The heuristics of a partition, by generation.</summary>
    public IReadOnlyList<HeuristicsRow> Heuristics(int partition)
        => [.. _rows[GenerationKinds.Heuristics].Cast<HeuristicsRow>().Where(row => row.Partition == partition)];

    /// <summary>The heuristics in force, by partition.</summary>
    public IEnumerable<HeuristicsRow> LastHeuristics()
        => _rows[GenerationKinds.Heuristics].Cast<HeuristicsRow>().GroupBy(row => row.Partition).OrderBy(rows => rows.Key)
            .Select(rows => rows.Last());

    /// <summary>The candidates of all partitions with all that is known of them, by partition, then index.</summary>
    public IReadOnlyList<RunCandidate> Candidates()
    {
        Dictionary<int, RunCandidate> candidates = [];
        foreach (ProposalsRow proposals in Proposals)
        {
            foreach (CandidateRow row in proposals.Candidates)
            {
                candidates.TryAdd(row.Index, new RunCandidate(proposals.Round.Partition, row));
            }
        }

        foreach (CandidateRow row in Scores.SelectMany(scores => scores.Candidates).Concat(Labels.SelectMany(labels => labels.Candidates)))
        {
            // Rows that were read while the run went on may lack the proposals of others that were written a moment later.
            if (candidates.TryGetValue(row.Index, out RunCandidate candidate))
            {
                candidates[row.Index] = candidate with { Row = candidate.Row.With(row) };
            }
        }

        return [.. candidates.Values.OrderBy(candidate => candidate.Partition).ThenBy(candidate => candidate.Row.Index)];
    }

    /// <summary>The same up to a generation, this one included.</summary>
    public RunHistory Through(int generation) => new(_rows.SelectMany(kind => kind).Where(row => row.Key.Generation <= generation));

    /// <summary>A partition's round with what the front of its generation says of the partition.</summary>
    private RoundRow Closed(RoundRow round)
        => Fronts.FirstOrDefault(
            front => front.Round.Generation == round.Generation)?.Partitions.FirstOrDefault(archive => archive.Partition == round.Partition)
            is { } closed ? round with { Labels = closed.Labels, Archive = closed.Archive } : round;
}
