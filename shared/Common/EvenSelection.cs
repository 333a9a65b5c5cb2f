namespace PelNas.Shared.Common;

/// <summary>Some items of a list, for what costs too much for all of them.</summary>
internal static class EvenSelection
{
    /// <summary>So many items at most, evenly spread over the list and in its order; the first is among them.</summary>
    public static T[] Of<T>(IReadOnlyList<T> items, int most)
    {
        int count = Math.Min(items.Count, most);
        return [.. Enumerable.Range(0, count).Select(i => items[(int)((long)i * items.Count / count)])];
    }
}
