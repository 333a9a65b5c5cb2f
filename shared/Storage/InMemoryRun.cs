using PelNas.Shared.Records;

namespace PelNas.Shared.Storage;

/// <summary>All that <see cref="InMemoryRunStore"/> holds of one run. Its caller locks.</summary>
internal sealed class InMemoryRun
{
    private readonly Dictionary<int, SortedDictionary<int, CandidateRow>> _candidates = [];

    public RunRow? Row { get; set; }

    public SortedDictionary<(int Partition, int Generation), RoundRow> Rounds { get; } = [];

    public SortedDictionary<(int Partition, int Generation), HeuristicsRow> Heuristics { get; } = [];

    public PriorRow? Prior { get; set; }

    public SortedDictionary<int, Front> Fronts { get; } = [];

    public (BudgetRow Row, int Version) Budget { get; set; } = (BudgetRow.Empty, 0);

    public IReadOnlyList<CandidateRow> Candidates(int partition) => _candidates.TryGetValue(partition, out SortedDictionary<int, CandidateRow>? rows) ? [.. rows.Values] : [];

    public void Merge(int partition, IEnumerable<CandidateRow> candidates)
    {
        if (!_candidates.TryGetValue(partition, out SortedDictionary<int, CandidateRow>? rows))
        {
            _candidates[partition] = rows = [];
        }

        foreach (CandidateRow candidate in candidates)
        {
            rows[candidate.Index] = rows.TryGetValue(candidate.Index, out CandidateRow? stored) ? CandidateRow.Merge(stored, candidate) : candidate;
        }
    }
}
