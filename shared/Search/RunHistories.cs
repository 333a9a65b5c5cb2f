using System.Collections.Concurrent;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Search;

/// <summary>
/// What the steps of runs have written, for the steps after them. Rows of generations never change, so those that this process has read or
/// written before are not read again: a step asks the store only for what others have written since.
/// </summary>
/// <param name="runs">The store.</param>
public sealed class RunHistories(RunRepository runs)
{
    // With fewer than there are searches under way, every step of theirs would read all of its run again.
    private const int Capacity = 64;

    private readonly OldestFirstCache<(string RunId, DateTimeOffset StartedAt), ConcurrentDictionary<GenerationKey, IGenerationRow>> _known
        = new(Capacity);

    /// <summary>All of the generations before one, which are closed.</summary>
    public Task<RunHistory> BeforeAsync(RunRow run, int generation, CancellationToken cancellationToken)
        => ReadAsync(run, generation, [], cancellationToken);

    /// <summary>The same with what one partition proposed in this generation.</summary>
    public Task<RunHistory> ProposedAsync(RunRow run, int partition, int generation, CancellationToken cancellationToken)
        => ReadAsync(run, generation, [new(generation, GenerationKinds.Proposals, partition)], cancellationToken);

    /// <summary>The same with what the partitions proposed and scored in this generation.</summary>
    public Task<RunHistory> ScoredAsync(RunRow run, int generation, CancellationToken cancellationToken)
        => ReadAsync(run, generation, PartitionKeys(run, generation), cancellationToken);

    /// <summary>The same with the labels of this generation.</summary>
    public Task<RunHistory> LabelledAsync(RunRow run, int generation, CancellationToken cancellationToken)
        => ReadAsync(run, generation, [.. PartitionKeys(run, generation), new(generation, GenerationKinds.Labels)], cancellationToken);

    /// <summary>What a search in an open space has added to its pool before a generation, and for it.</summary>
    public async Task<IReadOnlyList<PoolRow>> PoolAsync(
        RunRow run, int generation, IEnumerable<int> partitions, CancellationToken cancellationToken)
    {
        List<PoolRow> rows = [.. (await BeforeAsync(run, generation, cancellationToken)).Pool];
        foreach (int? partition in partitions.Select(partition => (int?)partition).Prepend(null))
        {
            if (await FindAsync<PoolRow>(run, new(generation, GenerationKinds.Pool, partition), cancellationToken) is { } row)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>One row of a generation, or null where there is none.</summary>
    public async Task<T?> FindAsync<T>(RunRow run, GenerationKey key, CancellationToken cancellationToken)
        where T : class, IGenerationRow
    {
        ConcurrentDictionary<GenerationKey, IGenerationRow> known = Known(run);
        if (known.TryGetValue(key, out IGenerationRow? row))
        {
            return (T)row;
        }

        return await runs.FindAsync<T>(run.RunId, key, cancellationToken) is { } found ? (T)known.GetOrAdd(key, found) : null;
    }

    /// <summary>Writes what a step came to, and returns what stands there: a step that runs again keeps to what it wrote first.</summary>
    public async Task<T> AddAsync<T>(RunRow run, T row, CancellationToken cancellationToken)
        where T : class, IGenerationRow
    {
        T stored = await runs.AddAsync(run.RunId, row, cancellationToken);
        return (T)Known(run).GetOrAdd(stored.Key, stored);
    }

    private static GenerationKey[] PartitionKeys(RunRow run, int generation) =>
    [
        .. run.Partitions.Select(partition => new GenerationKey(generation, GenerationKinds.Proposals, partition.Id)),
        .. run.Partitions.Select(partition => new GenerationKey(generation, GenerationKinds.Scores, partition.Id)),
    ];

    /// <summary>The rows that a closed generation has.</summary>
    private static IEnumerable<GenerationKey> ClosedKeys(RunRow run, int generation)
    {
        IEnumerable<GenerationKey> keys = PartitionKeys(run, generation)
            .Append(new(generation, GenerationKinds.Labels))
            .Append(new(generation, GenerationKinds.Front));
        return generation > 0 && run.Request.UseHeuristics
            ? keys.Concat(run.Partitions.Select(partition => new GenerationKey(generation, GenerationKinds.Heuristics, partition.Id)))
            : keys;
    }

    private async Task<RunHistory> ReadAsync(RunRow run, int generation, GenerationKey[] ofGeneration, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<GenerationKey, IGenerationRow> known = Known(run);
        int first = Enumerable.Range(0, generation).FirstOrDefault(closed => !ClosedKeys(run, closed).All(known.ContainsKey), generation);
        int last = ofGeneration.All(known.ContainsKey) ? generation - 1 : generation;
        if (first <= last)
        {
            foreach (IGenerationRow row in await runs.ReadAsync(run.RunId, first, last, cancellationToken))
            {
                known.TryAdd(row.Key, row);
            }
        }

        HashSet<GenerationKey> wanted = [.. ofGeneration];
        return new RunHistory(known.Where(row => row.Key.Generation < generation || wanted.Contains(row.Key)).Select(row => row.Value));
    }

    private ConcurrentDictionary<GenerationKey, IGenerationRow> Known(RunRow run)
        => _known.GetOrAdd((run.RunId, run.StartedAt), () => new());
}
