using System.Security.Cryptography;

namespace PelNas.Shared.Tests.Tables;

public sealed class DataManifestTests
{
    private static readonly DataManifest Manifest = DataManifest.Read(ShippedTable.DirectoryPath);

    [Fact]
    public void Every_listed_file_ships_as_listed()
    {
        foreach (DataFile file in Manifest.Files)
        {
            byte[] bytes = File.ReadAllBytes(ShippedTable.PathOf(file.Name));
            Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(file.Sha256, file.Name);
            ShippedTable.Rows(file.Name).Length.ShouldBe(file.Rows, file.Name);
            file.Source.ShouldNotBeNullOrWhiteSpace(file.Name);
            file.Licence.ShouldBeOneOf("MIT", "Apache-2.0");
        }
    }

    [Fact]
    public void Every_table_that_ships_is_listed() =>
        Directory.GetFiles(ShippedTable.DirectoryPath).Select(Path.GetFileName)
            .Where(file => file!.Contains(".csv", StringComparison.Ordinal))
            .ShouldBe(Manifest.Files.Select(file => file.Name), ignoreOrder: true);
}
