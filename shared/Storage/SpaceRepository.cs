using PelNas.Shared.Storage.Rows;

namespace PelNas.Shared.Storage;

/// <summary>
/// Definitions of spaces that users have added. One is never changed, so that runs go on in the space that they were planned in.
/// </summary>
public sealed class SpaceRepository(IRowStore rows)
{
    private const string Table = "Spaces";
    private const string Partition = "definitions";

    /// <summary>Stores a definition and returns the one that is stored under the name: another where the name was taken.</summary>
    public async Task<string> AddAsync(string name, string json, CancellationToken cancellationToken)
        => (await rows.AddAsync(RowOf(name), new Definition(name, json), cancellationToken)).Json;

    /// <summary>The definition of a space, JSON; null where there is none of that name.</summary>
    public async Task<string?> GetAsync(string name, CancellationToken cancellationToken)
        => (await rows.GetAsync<Definition>(RowOf(name), cancellationToken))?.Json;

    /// <summary>Names of all, in order.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
        => [.. (await rows.ListAsync<Definition>(new RowQuery(Table, Partition), cancellationToken)).Select(space => space.Name)];

    private static RowId RowOf(string name) => new(Table, Partition, name);

    private sealed record Definition(string Name, string Json);
}
