using PelNas.Shared.Records;
using PelNas.Shared.Storage.Rows;

namespace PelNas.Shared.Storage;

/// <summary>Labels that searches have asked for. They stand beside the generations of their run and go with them.</summary>
public sealed class LabelRepository(IRowStore rows)
{
    private const string Table = "Generations";

    private readonly string _prefix = "label:";

    private LabelRepository(IRowStore rows, string prefix)
        : this(rows) => _prefix = prefix;

    /// <summary>The latencies of cells on their fronts that searches have asked for, which are requested and told as labels are.</summary>
    public LabelRepository OfLatencies => new(rows, "latency:");

    /// <summary>Asks for labels; those that were requested before stay as they are.</summary>
    /// <remarks>Up to a hundred at once: who reads the list meanwhile sees all of them or none, and never half of a round.</remarks>
    public async Task AddAsync(string runId, IReadOnlyCollection<LabelRow> labels, CancellationToken cancellationToken)
    {
        RunIds.Check(runId);
        List<LabelRow> added;
        do
        {
            HashSet<int> before = [.. (await ListAsync(runId, cancellationToken)).Select(label => label.Index)];
            added = [.. labels.Where(label => !before.Contains(label.Index))];
        }
        while (!await rows.TryPutBatchAsync(
            Table, runId, [.. added.Select(label => new RowWrite(KeyOf(label.Index), PelNasJson.Serialize(label), RowCondition.Absent))],
            cancellationToken));
    }

    /// <summary>A label, or null when it was never requested.</summary>
    public Task<LabelRow?> FindAsync(string runId, int index, CancellationToken cancellationToken)
        => rows.GetAsync<LabelRow>(RowOf(runId, index), cancellationToken);

    /// <summary>All labels that a run has asked for, by index.</summary>
    public async Task<IReadOnlyList<LabelRow>> ListAsync(string runId, CancellationToken cancellationToken)
        => await rows.ListAsync<LabelRow>(new RowQuery(Table, runId).StartingWith(_prefix), cancellationToken);

    /// <summary>
    /// Changes a label by what stands there; null leaves it as it is. Returns what stands there then, or null where there is none.
    /// </summary>
    public Task<LabelRow?> ChangeAsync(string runId, int index, Func<LabelRow, LabelRow?> change, CancellationToken cancellationToken)
        => rows.ChangeAsync<LabelRow>(RowOf(runId, index), label => label is null ? null : change(label), cancellationToken);

    private RowId RowOf(string runId, int index)
    {
        RunIds.Check(runId);
        return new(Table, runId, KeyOf(index));
    }

    private string KeyOf(int index) => $"{_prefix}{index:D6}";
}
