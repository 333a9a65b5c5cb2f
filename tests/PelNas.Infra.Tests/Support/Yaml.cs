using YamlDotNet.RepresentationModel;

namespace PelNas.Infra.Tests.Support;

/// <summary>Reads the repository's YAML.</summary>
internal static class Yaml
{
    public static YamlNode Root(string file)
    {
        YamlStream stream = [];
        using StringReader reader = new(Repository.Read(file));
        stream.Load(reader);
        return stream.Documents.ShouldHaveSingleItem().RootNode;
    }

    /// <summary>Whether a mapping has a member whose text begins so.</summary>
    public static bool Has(this YamlMappingNode node, string member, string start)
        => node.Children.TryGetValue(member, out YamlNode? value) && value.ToString().StartsWith(start, StringComparison.Ordinal);
}
