using PelNas.Shared.Records;
using PelNas.Shared.Storage.Rows;

namespace PelNas.Shared.Storage;

/// <summary>
/// Runs, and what their steps write of each generation. A run that is deleted is marked first, so that every step, each of which reads the
/// run's row before anything else, ends; its rows go with the nightly purge.
/// </summary>
public sealed class RunRepository(IRowStore rows)
{
    private const string Runs = "Runs";
    private const string All = "runs";
    private const string Generations = "Generations";

    // After the rows of all generations, whose keys begin with a digit.
    private const string Spending = "spending:";
    private const string Prior = "prior";

    // What follows the digits.
    private const string AfterGenerations = ":";

    /// <summary>Reads a run, or null where there is none or it was deleted.</summary>
    public async Task<RunRow?> GetAsync(string runId, CancellationToken cancellationToken)
        => await rows.GetAsync<StoredRun>(RowOf(runId), cancellationToken) is { DeletedAt: null, Run: { } run } ? run : null;

    /// <summary>Whether a run was deleted and is not purged yet.</summary>
    public async Task<bool> IsDeletedAsync(string runId, CancellationToken cancellationToken)
        => await rows.GetAsync<StoredRun>(RowOf(runId), cancellationToken) is { DeletedAt: not null };

    /// <summary>Writes a run's row unless there is one, and returns the one that stands.</summary>
    /// <exception cref="RunNotFoundException">The run was deleted before it was planned.</exception>
    public async Task<RunRow> AddAsync(RunRow run, CancellationToken cancellationToken)
    {
        StoredRun stored = await rows.AddAsync(RowOf(run.RunId), new StoredRun(run, DeletedAt: null), cancellationToken);
        return stored is { DeletedAt: null, Run: { } planned } ? planned : throw new RunNotFoundException(run.RunId);
    }

    /// <summary>Changes a run's row by what stands there.</summary>
    /// <exception cref="RunNotFoundException">There is no such run, or it was deleted.</exception>
    public async Task<RunRow> ChangeAsync(string runId, Func<RunRow, RunRow> change, CancellationToken cancellationToken)
    {
        StoredRun? changed = await rows.ChangeAsync<StoredRun>(
            RowOf(runId), stored => stored is { DeletedAt: null, Run: { } run } ? stored with { Run = change(run) } : null,
            cancellationToken);
        return changed is { DeletedAt: null, Run: { } run } ? run : throw new RunNotFoundException(runId);
    }

    /// <summary>Marks a run as deleted, also one that is not planned yet: nobody finds it any more, and its steps end.</summary>
    public Task DeleteAsync(string runId, DateTimeOffset now, CancellationToken cancellationToken) => rows.ChangeAsync<StoredRun>(
        RowOf(runId), stored => stored is { DeletedAt: not null } ? null : new StoredRun(stored?.Run, now), cancellationToken);

    /// <summary>Removes all of a run. It must have ended: a step that still ran could leave a row.</summary>
    public async Task PurgeAsync(string runId, CancellationToken cancellationToken)
    {
        // Its own row goes last, so that what was cut short is found again.
        await rows.DeletePartitionAsync(Generations, runId, cancellationToken);
        await rows.TryDeleteAsync(RowOf(runId), RowCondition.Any, cancellationToken);
    }

    /// <summary>Runs, the newest first.</summary>
    /// <param name="pageSize">1 to 1,000.</param>
    /// <param name="continuation">Token of the last page, or null for the first.</param>
    /// <param name="before">
    /// Runs that started then or later are left out, where it is given. Run ids begin with the start, to the second.
    /// </param>
    /// <exception cref="ContinuationException">The token is none of this list.</exception>
    public async Task<RunPage> ListAsync(
        int pageSize, string? continuation, CancellationToken cancellationToken, DateTimeOffset? before = null)
    {
        RowQuery query = new(Runs, All) { From = before is { } time ? CountedDown(time.AddTicks(-1)) : null };
        RowId? after = continuation is null ? null : RowOf(ListToken.Decode(continuation, RunIds.IsValid));
        (List<RunRow> runs, bool isFollowed) = await rows.ListAsync(
            query, pageSize, after, row => rows.Read<StoredRun>(row) is { DeletedAt: null, Run: { } run } ? run : null, cancellationToken);
        return new RunPage(runs, isFollowed ? ListToken.Encode(runs[^1].RunId) : null);
    }

    /// <summary>Ids of runs that were deleted before a time and are not purged yet.</summary>
    public async Task<IReadOnlyList<string>> ListDeletedAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<StoredRow> deleted = rows.QueryAsync(new RowQuery(Runs, All), cancellationToken)
            .Where(row => rows.Read<StoredRun>(row).DeletedAt < before);
        return await deleted.Select(row => row.Id.Key[(row.Id.Key.IndexOf('-', StringComparison.Ordinal) + 1)..])
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Writes what a step came to unless it did so before, and returns what stands there: a step that runs again keeps to it.
    /// </summary>
    public Task<T> AddAsync<T>(string runId, T row, CancellationToken cancellationToken)
        where T : class, IGenerationRow
    {
        return rows.AddAsync(RowOf(runId, row.Key), row, cancellationToken);
    }

    /// <summary>Writes rows of a run that has none, in batches.</summary>
    public Task WriteAsync(string runId, IEnumerable<IGenerationRow> generationRows, CancellationToken cancellationToken)
        => rows.TryPutBatchAsync(
            Generations,
            runId,
            [.. generationRows.Select(row => new RowWrite(row.Key.ToString(), PelNasJson.Serialize<object>(row)))],
            cancellationToken);

    /// <summary>Reads what a step has written, or null.</summary>
    public Task<T?> FindAsync<T>(string runId, GenerationKey key, CancellationToken cancellationToken)
        where T : class, IGenerationRow
        => rows.GetAsync<T>(RowOf(runId, key), cancellationToken);

    /// <summary>All rows of a run's generations, from one generation to another, both included.</summary>
    public async Task<IReadOnlyList<IGenerationRow>> ReadAsync(string runId, int from, int to, CancellationToken cancellationToken)
    {
        RowQuery query = new(Generations, runId)
        {
            From = GenerationKey.Stamp(from),
            To = to == int.MaxValue ? AfterGenerations : GenerationKey.Stamp(to + 1),
        };
        return await rows.QueryAsync(query, cancellationToken).Select(ReadStep).ToListAsync(cancellationToken);
    }

    private IGenerationRow ReadStep(StoredRow row) => GenerationKey.KindOf(row.Id.Key) switch
    {
        GenerationKinds.Pool => rows.Read<PoolRow>(row),
        GenerationKinds.Proposals => rows.Read<ProposalsRow>(row),
        GenerationKinds.Scores => rows.Read<ScoresRow>(row),
        GenerationKinds.Labels => rows.Read<LabelsRow>(row),
        GenerationKinds.Heuristics => rows.Read<HeuristicsRow>(row),
        GenerationKinds.Front => rows.Read<FrontRow>(row),
        var kind =>
            throw new StoreException(
                rows.Location, $"holds a row of a kind that is not known here, {kind}", "Use the version of this program that wrote it."),
    };

    /// <summary>All that the steps of a run have written.</summary>
    public async Task<RunHistory> GetHistoryAsync(string runId, CancellationToken cancellationToken)
        => new(await ReadAsync(runId, 0, int.MaxValue, cancellationToken));

    /// <summary>The prior of a run, or null before it was requested.</summary>
    public Task<PriorRow?> GetPriorAsync(string runId, CancellationToken cancellationToken)
        => rows.GetAsync<PriorRow>(RowOf(runId, Prior), cancellationToken);

    /// <summary>Writes the prior of a run unless it has one, and returns the one that it has.</summary>
    public Task<PriorRow> AddPriorAsync(string runId, PriorRow prior, CancellationToken cancellationToken)
        => rows.AddAsync(RowOf(runId, Prior), prior, cancellationToken);

    /// <summary>What a partition has spent on a generation, with the row's ETag; nothing, and null, where no call was made.</summary>
    public async Task<(SpendingRow Row, string? ETag)> GetSpendingAsync(
        string runId, int partition, int generation, CancellationToken cancellationToken)
        => await rows.GetAsync(SpendingOf(runId, partition, generation), cancellationToken) is { } row
            ? (rows.Read<SpendingRow>(row), row.ETag)
            : (new SpendingRow { Partition = partition, Generation = generation }, null);

    /// <summary>
    /// Writes what a partition has spent on a generation, if the row is still the one of the ETag, or none where that is null.
    /// </summary>
    /// <returns>The row's new ETag; null when it was another.</returns>
    public Task<string?> TryPutSpendingAsync(string runId, SpendingRow spending, string? etag, CancellationToken cancellationToken)
        => rows.TryPutAsync(
            SpendingOf(runId, spending.Partition, spending.Generation),
            PelNasJson.Serialize(spending),
            etag is null ? RowCondition.Absent : RowCondition.Unchanged(etag),
            cancellationToken);

    /// <summary>What all partitions have spent, by generation, then partition.</summary>
    public Task<IReadOnlyList<SpendingRow>> ListSpendingAsync(string runId, CancellationToken cancellationToken)
        => ListSpendingAsync(runId, Spending, cancellationToken);

    /// <summary>
    /// Why the provider last gave a call of a generation no answer (<see cref="SpendingRow.LastFault"/>); null while it answers.
    /// </summary>
    public async Task<string?> FindFaultAsync(string runId, int generation, CancellationToken cancellationToken)
        => (await ListSpendingAsync(runId, $"{Spending}{GenerationKey.Stamp(generation)}:", cancellationToken))
            .Select(row => row.LastFault).FirstOrDefault(fault => fault is not null);

    private async Task<IReadOnlyList<SpendingRow>> ListSpendingAsync(string runId, string start, CancellationToken cancellationToken)
        => await rows.ListAsync<SpendingRow>(new RowQuery(Generations, runId).StartingWith(start), cancellationToken);

    private static RowId RowOf(string runId) => new(Runs, All, $"{CountedDown(RunIds.StartOf(runId))}-{runId}");

    private static RowId RowOf(string runId, GenerationKey key) => RowOf(runId, key.ToString());

    private static RowId SpendingOf(string runId, int partition, int generation)
        => RowOf(runId, $"{Spending}{GenerationKey.Stamp(generation)}:{partition:D3}");

    private static RowId RowOf(string runId, string key)
    {
        RunIds.Check(runId);
        return new(Generations, runId, key);
    }

    private static string CountedDown(DateTimeOffset time)
        => (DateTime.MaxValue.Ticks - time.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    /// <param name="Run">The run; null where it was deleted before it was planned.</param>
    /// <param name="DeletedAt">When it was deleted, UTC.</param>
    private sealed record StoredRun(RunRow? Run, DateTimeOffset? DeletedAt);
}

/// <summary>A page of runs.</summary>
/// <param name="Runs">The runs, newest first.</param>
/// <param name="Continuation">Token for the next page, or null at the end.</param>
public sealed record RunPage(IReadOnlyList<RunRow> Runs, string? Continuation);
