namespace PelNas.Shared.Storage;

/// <summary>Picks the rows that were asked for out of a range that was read.</summary>
internal static class ProxyScoreRows
{
    public static IReadOnlyList<ProxyScoreRow> Among(IEnumerable<ProxyScoreRow> range, IReadOnlyCollection<int> functions)
    {
        HashSet<int> wanted = [.. functions];
        return [.. range.Where(row => wanted.Contains(row.FunctionId))];
    }
}
