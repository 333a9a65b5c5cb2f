namespace PelNas.Functions.Tests.Http.Architectures;

public sealed class GetArchitectureTests(SharedApp shared)
{
    private const string Known = "|nor_conv_3x3~0|+|nor_conv_1x1~0|none~1|+|avg_pool_3x3~0|nor_conv_1x1~1|none~2|";

    [Fact]
    public async Task A_cell_is_found_by_index_with_its_twins()
    {
        CellDetails details = await shared.App.GetAsync<CellDetails>("architectures/219");

        CellDetails expected = new CellLookup(BenchmarkTables.OpenDefault(), []).Find(219);
        (details.Cell.Index, details.Cell.Architecture, details.IsLive, details.PartitionRule).ShouldBe(
            (219, expected.Cell.Architecture, true, expected.PartitionRule));
        details.Twins.Select(twin => twin.Index).ShouldBe(expected.Twins.Select(twin => twin.Index));
        foreach ((CellOnDataset found, CellOnDataset known) in details.Cell.Datasets.Zip(expected.Cell.Datasets))
        {
            (found.Dataset, found.Accuracy, found.ParamsM, found.FlopsM).ShouldBe(
                (known.Dataset, known.Accuracy, known.ParamsM, known.FlopsM));
            known.LatencyMs.ShouldBeSubsetOf(found.LatencyMs);
        }
    }

    [Fact]
    public async Task A_cell_is_found_by_its_notation()
    {
        CellDetails details = await shared.App.GetAsync<CellDetails>($"architectures/{Uri.EscapeDataString(Known)}");

        details.Cell.Architecture.ShouldBe(Known);
    }

    [Theory]
    [InlineData("15625", "give an index from 0 to 15624")]
    [InlineData("%7Cnone~0%7C", "1 node")]
    public async Task What_is_no_cell_is_refused(string address, string expected)
        => (await (await shared.App.GetAsync($"architectures/{address}")).ShouldBlameAsync("architecture")).ShouldContain(expected);
}
