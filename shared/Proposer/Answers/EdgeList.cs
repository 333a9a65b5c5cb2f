namespace PelNas.Shared.Proposer.Answers;

/// <summary>Reads a cell that came as a list of its edges, in whichever shape a model gives each of them.</summary>
internal static class EdgeList
{
    private static readonly string[] FromNames = ["from", "source", "src", "start", "input"];
    private static readonly string[] ToNames = ["to", "target", "dst", "end", "output", "destination"];
    private static readonly string[] OperationNames = ["operation", "op", "type", "name", "label"];

    /// <summary>
    /// The edges (<c>0-&gt;1</c>) with their operations, or null when not every item names both: <c>{"from":0,"to":1,"op":..}</c>,
    /// <c>{"source","target","operation"}</c>, <c>{"edge":[0,1],"op":..}</c>, <c>[0,1,"op"]</c> or <c>[[0,1],"op"]</c>.
    /// </summary>
    public static IReadOnlyList<(string Edge, string Operation)>? Read(LenientValue value)
    {
        if (value.Kind == LenientKind.Object && (value.Field("edges") ?? value.Field("operations")) is { } inner)
        {
            value = inner;
        }

        if (value.Kind != LenientKind.List)
        {
            return null;
        }

        (string, string)?[] items = [.. value.Members.Select(member => Item(member.Value))];
        return items.Length > 0 && !items.Contains(null) ? [.. items.Select(item => item!.Value)] : null;
    }

    private static (string, string)? Item(LenientValue item) => item.Kind switch
    {
        LenientKind.Object => Named(item),
        LenientKind.List => Listed([.. item.Members.Select(member => member.Value)]),
        _ => null,
    };

    private static (string, string)? Named(LenientValue item)
    {
        LenientValue ends = item.Field("edge") ?? item;
        string? edge = ends.Kind == LenientKind.List
            ? Edge([.. ends.Members.Select(member => member.Value)])
            : Edge(First(ends, FromNames), First(ends, ToNames));
        return edge is not null && First(item, OperationNames) is { IsScalar: true } operation ? (edge, operation.Text) : null;
    }

    private static (string, string)? Listed(LenientValue[] parts) => parts switch
    {
        [var from, var to, { IsScalar: true } operation] when Edge(from, to) is { } edge => (edge, operation.Text),
        [{ Kind: LenientKind.List } ends, { IsScalar: true } operation]
            when Edge([.. ends.Members.Select(member => member.Value)]) is { } edge => (edge, operation.Text),
        _ => null,
    };

    private static LenientValue? First(LenientValue item, string[] names)
        => names.Select(item.Field).FirstOrDefault(found => found is not null);

    private static string? Edge(LenientValue[] ends) => ends is [var from, var to] ? Edge(from, to) : null;

    private static string? Edge(LenientValue? from, LenientValue? to)
        => Node(from) is { } start && Node(to) is { } end ? $"{start}->{end}" : null;

    private static int? Node(LenientValue? value) => value is { IsScalar: true } && int.TryParse(value.Text, out int node) ? node : null;
}
