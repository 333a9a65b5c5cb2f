namespace PelNas.Shared.Tests.Search;

public class CellLookupTests
{
    private const string Known = "|nor_conv_3x3~0|+|nor_conv_1x1~0|none~1|+|avg_pool_3x3~0|nor_conv_1x1~1|none~2|";

    private static readonly NasBench201 Space = NasBench201.Instance;
    private static readonly BenchmarkTables Tables = StepHarness.Tables;
    private static readonly CellLookup Lookup = new(Tables, []);

    [Theory]
    [InlineData("6111", 6111)]
    [InlineData(" 0 ", 0)]
    [InlineData("15624", 15_624)]
    public void An_index_is_read(string text, int expected)
    {
        CellText.TryRead(Space, text, out int index, out string? error).ShouldBeTrue(error);
        index.ShouldBe(expected);
    }

    [Theory]
    [InlineData(Known)]
    [InlineData("  | Nor_Conv_3x3~0 | + |NOR_CONV_1X1~0|none ~ 1|\n+|avg_pool_3x3~0|nor_conv_1x1~1|none~2| ")]
    public void Spaces_and_case_of_the_notation_are_forgiven(string text)
    {
        CellText.TryRead(Space, text, out int index, out string? error).ShouldBeTrue(error);
        Space.Format(index).ShouldBe(Known);
    }

    [Theory]
    [InlineData("15625", "'15625' is no architecture: give an index from 0 to 15624, or the notation, such as |")]
    [InlineData("-1", "give an index from 0 to 15624")]
    [InlineData("99999999999", "give an index from 0 to 15624")]
    [InlineData("", "'' is no architecture")]
    [InlineData("resnet", "'resnet' is no architecture")]
    [InlineData("|nor_conv_3x3~0|+|nor_conv_1x1~0|none~1|", "2 nodes")]
    [InlineData("|max_pool~0|+|nor_conv_1x1~0|none~1|+|avg_pool_3x3~0|nor_conv_1x1~1|none~2|", "unknown operation 'max_pool'")]
    public void What_is_neither_is_refused_with_the_reason(string text, string expected)
    {
        CellText.TryRead(Space, text, out _, out string? error).ShouldBeFalse();
        error.ShouldNotBeNull().ShouldContain(expected);
    }

    [Fact]
    public void Figures_are_those_of_the_tables()
    {
        Space.TryParse(Known, out int index, out _).ShouldBeTrue();

        CellDetails details = Lookup.Find(index);

        details.Cell.Index.ShouldBe(index);
        details.Cell.Architecture.ShouldBe(Known);
        details.Cell.Partition.ShouldBe(2);
        details.PartitionRule.ShouldBe("exactly one nor_conv_3x3");
        details.IsLive.ShouldBeTrue();
        details.Cell.Datasets.Select(network => network.Dataset).ShouldBe(Tables.Datasets);
        CellOnDataset network = details.Cell.Datasets[2];
        network.Accuracy.ShouldBe(Tables.GetAccuracy("imagenet16-120", LabelSources.Test)[index]);
        network.ValidationAccuracy.ShouldBe(Tables.GetAccuracy("imagenet16-120", LabelSources.Validation)[index]);
        network.ParamsM.ShouldBe(Space.ParamsM(index, 120));
        network.FlopsM.ShouldBe(Space.FlopsM(index, 16, 120));
        network.LatencyMs.Keys.ShouldBe(["edgegpu", "raspi4", "pixel3", "eyeriss", "fpga"]);
        network.LatencyMs["fpga"].ShouldBe(Tables.GetLatency("imagenet16-120", "fpga")[index]);
        details.Scores.Single(score => score is { Dataset: "cifar100", Name: "naswot" }).Value.ShouldBe(
            Tables.GetTrainingFreeScore("cifar100", "naswot")[index]);
        details.Scores.ShouldNotContain(score => score.Dataset == "imagenet16-120" && score.Name == "nregions");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(219)]
    public void Twins_are_all_other_cells_that_compute_the_function(int index)
    {
        CellDetails details = Lookup.Find(index);

        details.Twins.Select(twin => twin.Index).ShouldBe(
            Enumerable.Range(0, Space.Size).Where(other => other != index && Space.FunctionId(other) == Space.FunctionId(index)));
        details.Twins.ShouldAllBe(twin => twin.Datasets[0].Accuracy == Tables.GetAccuracy("cifar10", LabelSources.Test)[twin.Index]);
    }

    [Fact]
    public void A_cell_without_a_path_is_the_twin_of_all_others_without_one()
    {
        int[] dead = [.. Enumerable.Range(0, Space.Size).Where(index => !Space.IsConnected(index))];

        CellDetails details = Lookup.Find(dead[0]);

        details.IsLive.ShouldBeFalse();
        details.Twins.Select(twin => twin.Index).ShouldBe(dead[1..]);
    }

    [Fact]
    public void A_device_has_latencies_of_the_cells_that_it_was_measured_on()
    {
        ImmutableArray<double> partial = Tables.GetLatency("cifar10", "edgetpu");
        int with = Enumerable.Range(0, Space.Size).First(index => !double.IsNaN(partial[index]));
        int without = Enumerable.Range(0, Space.Size).First(index => double.IsNaN(partial[index]));

        Lookup.Find(with).Cell.Datasets[0].LatencyMs["edgetpu"].ShouldBe(partial[with]);
        Lookup.Find(with).Cell.Datasets[0].CannotRun.ShouldBeEmpty();
        Lookup.Find(without).Cell.Datasets[0].CannotRun.ShouldBe(["edgetpu"]);
        Lookup.Find(without).Cell.Datasets[0].LatencyMs.ShouldNotContainKey("edgetpu");
        Lookup.Find(without).Ranks.ShouldNotContain(rank => rank.Dataset == "cifar10" && rank.Device == "edgetpu");
    }

    [Fact]
    public void A_cell_stands_behind_those_that_are_faster_among_those_that_run()
    {
        ImmutableArray<double> column = Tables.GetLatency("cifar10", "edgetpu");
        int[] ordered = [.. Enumerable.Range(0, Space.Size).Where(index => !double.IsNaN(column[index])).OrderBy(index => column[index])];

        CellRank RankOf(int index) => Lookup.Find(index).Ranks.Single(rank => rank is { Dataset: "cifar10", Device: "edgetpu" });
        RankOf(ordered[0]).ShouldBe(new CellRank("cifar10", "edgetpu", 1, ordered.Length));
        RankOf(ordered[5_000]).Rank.ShouldBe(ordered.Count(index => column[index] < column[ordered[5_000]]) + 1);
    }

    [Fact]
    public void Latencies_of_users_stand_after_those_that_ship()
    {
        BenchmarkContext own = new(
            "cifar100", DatasetShape.Of("cifar100"), "my-board", Space,
            [.. Enumerable.Range(1, Space.Size).Select(index => index / 10.0)],
            (Tables.GetAccuracy("cifar100", LabelSources.Validation), Tables.GetAccuracy("cifar100", LabelSources.Test)));

        CellDetails details = new CellLookup(Tables, [own]).Find(41);

        details.Cell.Datasets[1].LatencyMs.Keys.ShouldBe(["edgegpu", "raspi4", "edgetpu", "pixel3", "eyeriss", "fpga", "my-board"]);
        details.Cell.Datasets[1].LatencyMs["my-board"].ShouldBe(4.2);
        details.Cell.Datasets[0].LatencyMs.ShouldNotContainKey("my-board");
    }
}
