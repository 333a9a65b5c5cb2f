using System.Security.Cryptography;

namespace PelNas.Shared.Tests.Comparison.Strategies;

/// <summary>A strategy that sees a test accuracy anywhere acts on other ones when all of them are exchanged.</summary>
public sealed class UnseenTestAccuracyTests : FolderTest
{
    private const string Accuracies = "nasbench201-accuracy.csv.gz";
    private const int Budget = 40;

    private readonly BenchmarkTables _exchanged;

    public UnseenTestAccuracyTests()
    {
        foreach (string file in Directory.GetFiles(ShippedTable.DirectoryPath))
        {
            File.Copy(file, Folder.File(Path.GetFileName(file)));
        }

        string[][] rows = ShippedTable.Rows(Accuracies);
        StringBuilder text = new("index,cifar10,cifar100,imagenet16-120\n");
        for (int i = 0; i < rows.Length; i++)
        {
            text.Append($"{i},{string.Join(',', rows[rows.Length - 1 - i][1..])}\n");
        }

        using (GZipStream zipped = new(File.Create(Folder.File(Accuracies)), CompressionLevel.Fastest))
        {
            zipped.Write(Encoding.UTF8.GetBytes(text.ToString()));
        }

        string manifest = File.ReadAllText(Folder.File("manifest.json"));
        File.WriteAllText(Folder.File("manifest.json"), manifest.Replace(
            Hash(ShippedTable.PathOf(Accuracies)), Hash(Folder.File(Accuracies)), StringComparison.Ordinal));
        _exchanged = new BenchmarkTables(Folder.Path);
    }

    public static TheoryData<string> Strategies
        => [.. Trials.Catalog.Main.Concat(Trials.Catalog.Systems).Select(strategy => strategy.Name)];

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task With_validation_labels_no_strategy_sees_a_test_accuracy(string strategy)
        => (await LabelsAsync(_exchanged, strategy, LabelSources.Validation))
            .ShouldBe(await LabelsAsync(StepHarness.Tables, strategy, LabelSources.Validation));

    [Fact]
    public async Task With_test_labels_they_are_seen()
        => (await LabelsAsync(_exchanged, "pel-nas", LabelSources.Test))
            .ShouldNotBe(await LabelsAsync(StepHarness.Tables, "pel-nas", LabelSources.Test));

    private static async Task<int[]> LabelsAsync(BenchmarkTables tables, string strategy, string labelsFrom)
    {
        SearchTrial trial = new(tables.GetContext("imagenet16-120", "fpga"), labelsFrom, 3, Budget, new FakeTimeProvider());
        await new StrategyCatalog(tables).Find(strategy)!.SearchAsync(trial, Cancellation);
        return trial.Ledger.Labels();
    }

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
