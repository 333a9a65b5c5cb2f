using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PelNas.Infra.Tests.Sources;

/// <summary>How the product's code lies in its files.</summary>
public sealed class LayoutTests
{
    private const int MostColumns = 140;
    private const int MostLines = 250;

    private static readonly string[] Folders = ["functions", "shared", "local", "cli"];

    [Fact]
    public void No_file_is_longer_than_250_lines()
        => Product.Where(path => File.ReadLines(Repository.At(path)).Count() > MostLines).ShouldBeEmpty();

    [Fact]
    public void No_line_is_wider_than_140_columns()
        => Product.Concat(Scripts).SelectMany(path => File.ReadLines(Repository.At(path)).Index()
                .Where(line => line.Item.Length > MostColumns).Select(line => $"{path}({line.Index + 1})"))
            .ShouldBeEmpty();

    [Fact]
    public void No_two_types_have_one_name()
        => Product.SelectMany(path => CSharpSyntaxTree.ParseText(Repository.Read(path)).GetRoot().DescendantNodes()
                .OfType<BaseTypeDeclarationSyntax>().Where(IsOneOfItsNamespace)
                .Select(type => (Name: type.Identifier.Text + (type as TypeDeclarationSyntax)?.TypeParameterList, Path: path)))
            .GroupBy(type => type.Name).Where(types => types.Count() > 1).Select(types => string.Join(", ", types)).ShouldBeEmpty();

    private static bool IsOneOfItsNamespace(BaseTypeDeclarationSyntax type)
        => type.Parent is BaseNamespaceDeclarationSyntax && !type.Modifiers.Any(modifier => modifier.IsKind(SyntaxKind.PartialKeyword));

    private static IEnumerable<string> Scripts => Repository.Files("shared", "*.js").Concat(Repository.Files("shared", "*.css"));

    private static IEnumerable<string> Product => Folders.SelectMany(folder => Repository.Files(folder, "*.cs"));
}
