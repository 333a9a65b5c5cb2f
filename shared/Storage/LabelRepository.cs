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

    /// <summary>Asks for a label unless it was requested before, and returns what stands there.</summary>
    public Task<LabelRow> AddAsync(string runId, LabelRow label, CancellationToken cancellationToken)
        => rows.AddAsync(RowOf(runId, label.Index), label, cancellationToken);

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
        return new(Table, runId, $"{_prefix}{index:D6}");
    }
}
