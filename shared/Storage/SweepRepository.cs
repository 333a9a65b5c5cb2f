using PelNas.Shared.Records;
using PelNas.Shared.Storage.Rows;

namespace PelNas.Shared.Storage;

/// <summary>Sweeps.</summary>
public sealed class SweepRepository(IRowStore rows)
{
    private const string Table = "Sweeps";
    private const string All = "sweeps";

    /// <summary>Reads a sweep, or null.</summary>
    public Task<SweepRow?> GetAsync(string sweepId, CancellationToken cancellationToken)
        => rows.GetAsync<SweepRow>(RowOf(sweepId), cancellationToken);

    /// <summary>Changes a sweep's row by what stands there, or null where there is none; null leaves all as it is.</summary>
    /// <returns>The row that stands there now, or null.</returns>
    public Task<SweepRow?> ChangeAsync(string sweepId, Func<SweepRow?, SweepRow?> change, CancellationToken cancellationToken)
        => rows.ChangeAsync(RowOf(sweepId), change, cancellationToken);

    /// <summary>Sweeps by id, the latest date first.</summary>
    /// <param name="pageSize">1 to 1,000.</param>
    /// <param name="continuation">Token of the last page, or null for the first.</param>
    /// <exception cref="ContinuationException">The token is none of this list.</exception>
    public async Task<SweepPage> ListAsync(int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        RowId? after = continuation is null ? null : RowOf(ListToken.Decode(continuation, SweepIds.IsValid));
        (List<SweepRow> sweeps, bool isFollowed) = await rows.ListAsync(
            new RowQuery(Table, All), pageSize, after, row => rows.Read<SweepRow>(row), cancellationToken);
        return new SweepPage(sweeps, isFollowed ? ListToken.Encode(sweeps[^1].SweepId) : null);
    }

    private static RowId RowOf(string sweepId)
    {
        SweepIds.Check(sweepId);

        // The digits counted down, so that the latest date comes first, and of one date the sweep without a time last.
        string stamp = sweepId[SweepIds.Prefix.Length..];
        string countedDown = string.Concat(stamp.Select(c => char.IsAsciiDigit(c) ? (char)('0' + '9' - c) : c));
        return new(Table, All, stamp.Contains('-', StringComparison.Ordinal) ? countedDown : $"{countedDown}-~");
    }
}
