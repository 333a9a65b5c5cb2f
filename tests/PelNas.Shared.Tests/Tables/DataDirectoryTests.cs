using System.Security.Cryptography;

namespace PelNas.Shared.Tests.Tables;

/// <summary>Damage of every kind, done to a copy of what ships.</summary>
public sealed class DataDirectoryTests : FolderTest
{
    private const string Latency = "hwnasbench-cifar100-latency-ms.csv.gz";

    public DataDirectoryTests()
    {
        foreach (string file in new[] { DataManifest.FileName, Latency })
        {
            File.Copy(ShippedTable.PathOf(file), Folder.File(file));
        }
    }

    [Fact]
    public void An_undamaged_copy_is_read() => Read()[0].ShouldBe(2.57296);

    [Theory]
    [InlineData("a flipped bit", "its SHA-256 is ")]
    [InlineData("a cut", "its SHA-256 is ")]
    [InlineData("no file", "it does not exist")]
    [InlineData("a folder", "it is a folder")]
    public void Damage_is_noticed_and_the_file_named(string damage, string problem)
    {
        string file = Folder.File(Latency);
        byte[] bytes = File.ReadAllBytes(file);
        byte[]? damaged = damage switch
        {
            "a flipped bit" => [.. bytes[..1000], (byte)(bytes[1000] ^ 1), .. bytes[1001..]],
            "a cut" => bytes[..^100],
            _ => null,
        };
        File.Delete(file);
        if (damaged is not null)
        {
            File.WriteAllBytes(file, damaged);
        }
        else if (damage == "a folder")
        {
            Directory.CreateDirectory(file);
        }

        ShouldFail(problem);
    }

    [Fact]
    public void A_failure_is_not_remembered()
    {
        BenchmarkTables tables = new(Path.GetDirectoryName(Folder.File(Latency))!);
        string moved = Folder.File("moved");
        File.Move(Folder.File(Latency), moved);
        Should.Throw<DataFileException>(() => tables.GetLatency("cifar100", "fpga"));

        File.Move(moved, Folder.File(Latency));

        tables.GetLatency("cifar100", "fpga").Length.ShouldBe(15_625);
    }

    [Fact]
    public void A_missing_directory_is_answered_with_the_manifest_that_should_be_there()
    {
        BenchmarkTables tables = new(Folder.File("elsewhere"));
        DataFileException exception = Should.Throw<DataFileException>(() => tables.GetAccuracy("cifar10", LabelSources.Test));
        exception.FilePath.ShouldBe(Path.Combine(Folder.File("elsewhere"), "manifest.json"));
        exception.Message.ShouldContain("it does not exist");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"files\":[{\"file\":\"a.csv\"}]}")]
    [InlineData("{\"files\":[{\"file\":null,\"sha256\":\"\",\"rows\":1,\"source\":\"\",\"licence\":\"\"}]}")]
    [InlineData("{\"files\":[{\"file\":\"a.csv\",\"sha256\":\"\",\"rows\":\"many\",\"source\":\"\",\"licence\":\"\"}]}")]
    public void A_damaged_manifest_is_named(string text)
    {
        File.WriteAllText(Folder.File(DataManifest.FileName), text);
        DataFileException exception = Should.Throw<DataFileException>(Read);
        exception.Message.ShouldStartWith($"Data file {Folder.File(DataManifest.FileName)}: it is no list of data files");
        exception.Message.ShouldEndWith("Restore it from the repository (data/manifest.json).");
    }

    [Fact]
    public void A_file_that_the_manifest_does_not_list_is_not_read()
    {
        File.WriteAllText(Folder.File(DataManifest.FileName), "{\"files\":[]}");
        Should.Throw<DataFileException>(Read).Message.ShouldContain($"it does not list {Latency}");
    }

    [Fact]
    public void A_gzip_file_cut_before_it_was_listed_is_noticed()
    {
        byte[] whole = Gzip(Table(15_625));
        Replace(whole[..(whole.Length / 2)], 15_625);
        ShouldFail("it does not end with a line break, so it was cut short");
    }

    [Fact]
    public void A_file_that_is_no_gzip_is_noticed()
    {
        Replace(Encoding.UTF8.GetBytes(Table(15_625)), 15_625);
        ShouldFail("it is no whole gzip file");
    }

    [Fact]
    public void A_wrong_number_of_rows_is_noticed()
    {
        Replace(Gzip(Table(15_624)), 15_625);
        ShouldFail("it has 15624 rows, not 15625");
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1.5ms")]
    [InlineData("1e999")]
    public void A_field_that_is_not_a_finite_number_is_named_with_its_place(string field)
    {
        Replace(Gzip(Table(15_625).Replace("\n3,1.5,", $"\n3,1.5,{field}#", StringComparison.Ordinal)
            .Replace("#2.5", "", StringComparison.Ordinal)), 15_625);
        ShouldFail($"line 5, column fpga: '{field}' is not a finite number");
    }

    /// <summary>A table with its numbers whole, for one architecture a row.</summary>
    private static string Table(int rows)
    {
        StringBuilder text = new("index,eyeriss,fpga\n");
        for (int index = 0; index < rows; index++)
        {
            text.Append(index).Append(",1.5,2.5\n");
        }

        return text.ToString();
    }

    private static byte[] Gzip(string text)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    /// <summary>Puts the bytes in the table's place and lists them as if they had shipped.</summary>
    private void Replace(byte[] bytes, int rows)
    {
        File.WriteAllBytes(Folder.File(Latency), bytes);
        var entry =
            new { file = Latency, sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)), rows, source = "test", licence = "MIT" };
        File.WriteAllText(Folder.File(DataManifest.FileName), JsonSerializer.Serialize(new { files = new[] { entry } }));
    }

    private double[] Read() => [.. new BenchmarkTables(Folder.Path).GetLatency("cifar100", "fpga")];

    private void ShouldFail(string problem)
    {
        DataFileException exception = Should.Throw<DataFileException>(Read);
        exception.FilePath.ShouldBe(Folder.File(Latency));
        exception.Message.ShouldStartWith($"Data file {Folder.File(Latency)}: {problem}");
        exception.Message.ShouldEndWith($"Restore it from the repository (data/{Latency}).");
    }
}
