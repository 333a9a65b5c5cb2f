using YamlDotNet.RepresentationModel;

namespace PelNas.Functions.Tests.Http;

/// <summary>What the tests read of <c>docs/openapi.yaml</c>.</summary>
internal sealed class OpenApiDocument
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    private readonly YamlMappingNode _root;

    private OpenApiDocument(YamlMappingNode root) => _root = root;

    /// <summary>Operations as <c>GET searches/{id}</c>, with their operation ids.</summary>
    public IReadOnlyDictionary<string, string> Operations => Map("paths").SelectMany(path => ((YamlMappingNode)path.Value).Children
        .Where(member => Methods.Contains(Text(member.Key)))
        .Select(member =>
            (Name: $"{Text(member.Key).ToUpperInvariant()} {Text(path.Key).TrimStart('/')}", Id: Text(member.Value["operationId"]))))
        .ToDictionary(operation => operation.Name, operation => operation.Id);

    /// <summary>The operations that ask for a function key, as all that show or change data do.</summary>
    public IEnumerable<string> Guarded
        => Operations.Keys.Where(operation => operation is not ("GET health" or "GET openapi.yaml" or "GET page/{file}"));

    /// <summary>Those among them that read or write the store.</summary>
    public IEnumerable<string> Stored => Guarded.Where(operation => operation is not "GET architectures/{architecture}/model");

    /// <summary>Names of the query parameters by operation.</summary>
    public IReadOnlyDictionary<string, string[]> QueryParameters => Map("paths").SelectMany(path => ((YamlMappingNode)path.Value).Children
        .Where(member => Methods.Contains(Text(member.Key)))
        .Select(member =>
            (Name: $"{Text(member.Key).ToUpperInvariant()} {Text(path.Key).TrimStart('/')}", Names: QueryNames(
                (YamlMappingNode)member.Value))))
        .ToDictionary(operation => operation.Name, operation => operation.Names);

    /// <summary>Names of the schemas.</summary>
    public IEnumerable<string> Schemas => Map("components", "schemas").Select(schema => Text(schema.Key));

    /// <summary>Values of every <c>$ref</c>.</summary>
    public IEnumerable<string> References => _root.AllNodes.OfType<YamlMappingNode>()
        .SelectMany(node => node.Children)
        .Where(member => Text(member.Key) == "$ref")
        .Select(member => Text(member.Value));

    public static OpenApiDocument Load()
    {
        using StreamReader reader = new(Path.Combine(AppContext.BaseDirectory, "openapi.yaml"));
        YamlStream stream = [];
        stream.Load(reader);
        return new OpenApiDocument((YamlMappingNode)stream.Documents.ShouldHaveSingleItem().RootNode);
    }

    /// <summary>Whether a local reference leads somewhere.</summary>
    public bool Has(string reference) => Find(reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries)) is not null;

    public IReadOnlyList<string> PropertiesOf(string schema)
        => [.. Map("components", "schemas", schema, "properties").Select(property => Text(property.Key))];

    public IReadOnlyList<string> RequiredOf(string schema) => List("components", "schemas", schema, "required");

    public IReadOnlyList<string> List(params string[] path) => [.. ((YamlSequenceNode?)Find(path) ?? []).Select(Text)];

    public string? TextAt(params string[] path) => Find(path) is { } node ? Text(node) : null;

    /// <summary>Members without a value: a comma in an unquoted text of a flow mapping makes one.</summary>
    public IEnumerable<string> EmptyMembers => _root.AllNodes.OfType<YamlMappingNode>()
        .SelectMany(node => node.Children)
        .Where(member => member.Value is YamlScalarNode { Value: null or "" })
        .Select(member => Text(member.Key));

    private string[] QueryNames(YamlMappingNode operation)
        => operation.Children.TryGetValue("parameters", out YamlNode? parameters)
            ? [.. ((YamlSequenceNode)parameters).Select(Resolve).Where(parameter => Text(parameter["in"]) == "query")
                .Select(parameter => Text(parameter["name"]))]
            : [];

    private YamlMappingNode Resolve(YamlNode node)
        => ((YamlMappingNode)node).Children.TryGetValue("$ref", out YamlNode? reference)
            ? Map(Text(reference).TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            : (YamlMappingNode)node;

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private YamlMappingNode Map(params string[] path)
        => Find(path) as YamlMappingNode ?? throw new InvalidOperationException($"openapi.yaml has no {string.Join('.', path)}.");

    private YamlNode? Find(IEnumerable<string> path)
    {
        YamlNode? node = _root;
        foreach (string name in path)
        {
            node = node is YamlMappingNode map && map.Children.TryGetValue(name, out YamlNode? child) ? child : null;
        }

        return node;
    }
}
