using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PelNas.Infra.Tests.Sources;

/// <summary>
/// The folders of shared/ are floors: each uses only those below it. Types are resolved by the compiler, so an alias or a var hides
/// nothing.
/// </summary>
public sealed class FloorsTests
{
    // From the ground up.
    private static readonly string[] Floors =
    [
        "Common", "SearchSpaces", "Pareto", "Tables", "Partitioning", "Evolution", "Torch", "Export", "Devices", "Predictor", "Records",
        "Storage", "Llm", "Proposer",
        "Search", "Sweeps", "Reports", "Comparison",
    ];

    // As the SDK's ImplicitUsings and the project have them.
    private const string GlobalUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using "
        + "System.Net.Http; global using System.Threading; global using System.Threading.Tasks; "
        + "global using System.Globalization; global using PelNas.Shared.Common;";

    // Two tests ask for all of them, which takes a compilation.
    private static readonly Lazy<IReadOnlyList<Use>> UsesOfShared = new(() => [.. Uses(Shared)]);

    [Fact]
    public void Every_folder_of_shared_is_a_floor() => Shared.Select(source => FolderOf(source.Path)).Distinct().ShouldBeSubsetOf(Floors);

    [Fact]
    public void A_folder_uses_only_folders_below_it() => Violations(UsesOfShared.Value).ShouldBeEmpty();

    [Fact]
    public void A_use_of_a_floor_above_is_told_with_file_and_line()
    {
        (string, string)[] sources =
        [
            ("shared/Common/Low.cs", "namespace A;\nclass Low\n{\n    object F() => B.High.Make();\n}\n"),
            ("shared/Search/High.cs", "namespace B;\nclass High { public static Low2 Make() => new(); }\nclass Low2 { }\n"),
        ];

        Violations(Uses(sources)).ShouldBe(["shared/Common/Low.cs(4): uses High of Search"]);
    }

    [Fact]
    public void Only_the_steps_and_what_reads_their_results_see_the_store()
    {
        string[] allowed = ["Storage", "Search", "Sweeps", "Reports", "Comparison"];
        // Those that the chat clients need, implemented by the store.
        string[] interfaces = ["IAnswerStore", "IBudgetStore"];
        UsesOfShared.Value.Where(use => use.Used == "Storage" && !allowed.Contains(use.User) && !interfaces.Contains(use.Type))
            .Select(use => use.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public void Only_one_folder_names_TorchSharp()
        => Shared.Where(source => source.Text.Contains("TorchSharp", StringComparison.Ordinal)
            && source.Text.Contains("using TorchSharp", StringComparison.Ordinal))
            .Select(source => FolderOf(source.Path)).Distinct().ShouldBe(["Torch"]);

    private static (string Path, string Text)[] Shared
        => [.. Repository.Files("shared", "*.cs").Select(path => (path, Repository.Read(path)))];

    private static string[] Violations(IEnumerable<Use> uses)
        => [.. uses.Where(use => Array.IndexOf(Floors, use.Used) > Array.IndexOf(Floors, use.User))
            .Select(use => use.ToString()).Distinct()];

    private static IEnumerable<Use> Uses(IEnumerable<(string Path, string Text)> sources)
    {
        SyntaxTree[] trees = [.. sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, path: source.Path))];
        MetadataReference[] references =
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(path => Path.GetFileName(path) != "PelNas.Shared.dll")
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "shared", [.. trees, CSharpSyntaxTree.ParseText(GlobalUsings)], references);
        return trees.SelectMany(tree => Uses(tree, compilation.GetSemanticModel(tree)));
    }

    private static IEnumerable<Use> Uses(SyntaxTree tree, SemanticModel model)
    {
        foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            SymbolInfo info = model.GetSymbolInfo(name);
            foreach (INamedTypeSymbol type in new[] { info.Symbol, model.GetTypeInfo(name).Type }.Concat(info.CandidateSymbols)
                .Select(TypeOf).OfType<INamedTypeSymbol>())
            {
                if (type.Locations.FirstOrDefault(location => location.IsInSource)?.SourceTree is { FilePath: { Length: > 0 } declaring })
                {
                    LinePosition position = name.GetLocation().GetLineSpan().StartLinePosition;
                    yield return new Use(tree.FilePath, position.Line + 1, type.Name, FolderOf(declaring));
                }
            }
        }
    }

    private static INamedTypeSymbol? TypeOf(ISymbol? symbol) => symbol switch
    {
        INamedTypeSymbol type => type,
        IMethodSymbol { ReducedFrom: { } extension } => extension.ContainingType,
        _ => symbol?.ContainingType,
    };

    private static string FolderOf(string path) => path.Split('/') is [_, var folder, _, ..] ? folder : "";

    /// <summary>A use of a type.</summary>
    private sealed record Use(string Path, int Line, string Type, string Used)
    {
        public string User => FolderOf(Path);

        public override string ToString() => $"{Path}({Line}): uses {Type} of {Used}";
    }
}
