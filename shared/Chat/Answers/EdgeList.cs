using System.Text.Json;

namespace PelNas.Shared.Chat.Answers;

/// <summary>Reads a cell that came as a JSON list of its edges, in whichever shape a model gives each of them.</summary>
internal static class EdgeList
{
    private static readonly string[] FromNames = ["from", "source", "src", "start", "input"];
    private static readonly string[] ToNames = ["to", "target", "dst", "end", "output", "destination"];
    private static readonly string[] OperationNames = ["operation", "op", "type", "name", "label"];

    /// <summary>
    /// The edges (<c>0-&gt;1</c>) with their operations, or null when not every item names both: <c>{"from":0,"to":1,"op":..}</c>,
    /// <c>{"source","target","operation"}</c>, <c>{"edge":[0,1],"op":..}</c>, <c>[0,1,"op"]</c> or <c>[[0,1],"op"]</c>.
    /// </summary>
    public static IReadOnlyList<(string Edge, string Operation)>? Read(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object && (value.Field("edges") ?? value.Field("operations")) is { } inner)
        {
            value = inner;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        (string, string)?[] items = [.. value.EnumerateArray().Select(Item)];
        return items.Length > 0 && !items.Contains(null) ? [.. items.Select(item => item!.Value)] : null;
    }

    private static (string, string)? Item(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.Object => Named(item),
        JsonValueKind.Array => Listed([.. item.EnumerateArray()]),
        _ => null,
    };

    private static (string, string)? Named(JsonElement item)
    {
        JsonElement ends = item.Field("edge") ?? item;
        string? edge = ends.ValueKind == JsonValueKind.Array
            ? Edge([.. ends.EnumerateArray()])
            : Edge(First(ends, FromNames), First(ends, ToNames));
        return edge is not null && First(item, OperationNames) is { ValueKind: JsonValueKind.String } operation ? (edge, JsonFields.TextOf(operation)) : null;
    }

    private static (string, string)? Listed(JsonElement[] parts) => parts switch
    {
        [var from, var to, { ValueKind: JsonValueKind.String } operation] when Edge(from, to) is { } edge => (edge, JsonFields.TextOf(operation)),
        [{ ValueKind: JsonValueKind.Array } ends, { ValueKind: JsonValueKind.String } operation] when Edge([.. ends.EnumerateArray()]) is { } edge
            => (edge, JsonFields.TextOf(operation)),
        _ => null,
    };

    private static JsonElement? First(JsonElement item, string[] names)
        => names.Select(name => item.Field(name)).FirstOrDefault(found => found is not null);

    private static string? Edge(JsonElement[] ends) => ends is [var from, var to] ? Edge(from, to) : null;

    private static string? Edge(JsonElement? from, JsonElement? to)
        => Node(from) is { } start && Node(to) is { } end ? $"{start}->{end}" : null;

    private static int? Node(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out int node) => node,
        { ValueKind: JsonValueKind.String } text when int.TryParse(JsonFields.TextOf(text), out int node) => node,
        _ => null,
    };
}
