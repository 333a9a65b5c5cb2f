using PelNas.Shared.Common;
using PelNas.Shared.Search;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Rows.Sqlite;

namespace PelNas.Cli.Tests.Commands;

public sealed class CellTests : PelnasTest
{
    private const string Known = "|nor_conv_3x3~0|+|nor_conv_1x1~0|none~1|+|avg_pool_3x3~0|nor_conv_1x1~1|none~2|";

    private static readonly NasBench201 Space = NasBench201.Instance;

    [Fact]
    public async Task A_cell_is_shown_with_its_twins_and_its_latencies_and_nothing_is_left_behind()
    {
        Space.TryParse(Known, out int index, out _).ShouldBeTrue();
        CellDetails details = new CellLookup(BenchmarkTables.OpenDefault(), []).Find(index);

        Finished finished = await CellAsync("|NOR_CONV_3x3~0|+ |nor_conv_1x1~0|none~1| + |avg_pool_3x3~0|nor_conv_1x1~1|none~2|");
        finished.ShouldSucceed();
        finished.Output.ShouldStartWith($"cell {index}  {Known}\n");
        finished.Output.ShouldContain("partition 2: exactly one nor_conv_3x3\n");
        finished.Output.ShouldContain($"live; {details.Twins.Count} other cells compute the same function\n");
        string[] lines = finished.Output.Split('\n');
        foreach (CellFigures twin in details.Twins)
        {
            lines.ShouldContain(line => line.TrimStart().StartsWith($"{twin.Index} ", StringComparison.Ordinal)
                && line.Contains(twin.Architecture, StringComparison.Ordinal));
        }

        lines.Count(line => line.TrimStart().StartsWith("fpga ", StringComparison.Ordinal)).ShouldBe(3);
        Directory.Exists(Pelnas.Data).ShouldBeFalse();
    }

    [Fact]
    public async Task A_cell_without_a_path_says_so()
    {
        int dead = Enumerable.Range(0, Space.Size).First(index => !Space.IsConnected(index));

        Finished finished = (await CellAsync($"{dead}")).ShouldSucceed();
        finished.Output.ShouldContain("no path from input to output");
    }

    [Fact]
    public async Task A_device_that_cannot_run_the_cell_is_named()
    {
        Finished finished = await CellAsync("6");

        finished.Output.Split('\n')
            .ShouldContain(
                line => line.Contains("edgetpu", StringComparison.Ordinal) && line.Contains("cannot run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_JSON_is_the_whole_record_with_latencies_of_users_in_the_data_folder()
    {
        Directory.CreateDirectory(Pelnas.Data);
        using (SqliteRowStore rows = new(Path.Combine(Pelnas.Data, "store.db")))
        {
            DeviceTable table = new(
                "my-board", "cifar10", DateTimeOffset.UnixEpoch, [.. Enumerable.Range(1, Space.Size).Select(index => (double)index)]);
            await new DeviceRepository(rows).PutAsync(table, Cancellation);
        }

        Finished finished = (await CellAsync("219", "--json")).ShouldSucceed();
        CellDetails details = PelNasJson.Deserialize<CellDetails>(finished.Output);
        details.Cell.Index.ShouldBe(219);
        details.Cell.Datasets[0].LatencyMs["my-board"].ShouldBe(220);
        details.Twins.Select(twin => twin.Index)
            .ShouldBe(new CellLookup(BenchmarkTables.OpenDefault(), []).Find(219).Twins.Select(twin => twin.Index));
    }

    [Theory]
    [InlineData("15625", "give an index from 0 to 15624")]
    [InlineData("|none~0|", "1 node")]
    public async Task What_is_no_cell_is_refused_in_one_line(string cell, string expected)
    {
        Finished finished = await CellAsync(cell);

        finished.ExitCode.ShouldBe(2);
        finished.Output.ShouldBeEmpty();
        finished.Errors.ShouldStartWith("pelnas: CELL: ");
        finished.Errors.ShouldContain(expected);
        finished.Errors.TrimEnd('\n').ShouldNotContain('\n');
    }

    private Task<Finished> CellAsync(params string[] arguments) => Pelnas.RunAsync(["cell", "--data", Pelnas.Data, .. arguments]);
}
