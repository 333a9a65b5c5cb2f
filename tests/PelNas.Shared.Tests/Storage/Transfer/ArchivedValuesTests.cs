namespace PelNas.Shared.Tests.Storage.Transfer;

/// <summary>Archives whose numbers are in order by themselves and are not those of the tables.</summary>
public sealed class ArchivedValuesTests : TransferTest
{
    private const int Cell = 6111;

    private static readonly BenchmarkTables Tables = BenchmarkTables.OpenDefault();

    [Fact]
    public void A_run_with_the_numbers_of_the_tables_is_taken() => Should.NotThrow(() => ArchivedValues.Check(Good(), Tables));

    [Theory]
    [InlineData("labels[].candidates[].accuracy")]
    [InlineData("scores[].candidates[].latencyMs")]
    [InlineData("fronts[].front.points[].accuracy")]
    [InlineData("fronts[].front.points[].validationAccuracy")]
    [InlineData("fronts[].front.points[].testAccuracy")]
    [InlineData("fronts[].front.points[].latencyMs")]
    [InlineData("fronts[].front.points[].paramsM")]
    [InlineData("fronts[].front.points[].flopsM")]
    public void A_number_of_another_cell_is_refused_by_its_field(string field)
    {
        RunArchive good = Good();
        FrontPoint point = good.Fronts[0].Front.Points[0];
        RunArchive bad = field switch
        {
            "labels[].candidates[].accuracy" =>
                good with { Labels = [new LabelsRow(0, [good.Labels[0].Candidates[0] with { Accuracy = 50 }])] },
            "scores[].candidates[].latencyMs" =>
                good with { Scores = [new ScoresRow(0, 0, [good.Scores[0].Candidates[0] with { LatencyMs = 50 }])] },
            "fronts[].front.points[].accuracy" => WithPoint(good, point with { Accuracy = 50 }),
            "fronts[].front.points[].validationAccuracy" => WithPoint(good, point with { ValidationAccuracy = 50 }),
            "fronts[].front.points[].testAccuracy" => WithPoint(good, point with { TestAccuracy = 50 }),
            "fronts[].front.points[].latencyMs" => WithPoint(good, point with { LatencyMs = 50 }),
            "fronts[].front.points[].paramsM" => WithPoint(good, point with { ParamsM = 50 }),
            _ => WithPoint(good, point with { FlopsM = 50 }),
        };

        Should.Throw<ArgumentException>(() => ArchivedValues.Check(bad, Tables))
            .Message.ShouldStartWith($"{field} of the cell {Cell} is 50, and the tables have ");
    }

    [Fact]
    public void Partitions_that_the_request_does_not_make_are_refused()
    {
        RunArchive good = Good();
        RunArchive bad = good with { Run = good.Run with { Partitions = [.. good.Run.Partitions.Select(plan => plan with { Size = 7 })] } };

        Should.Throw<ArgumentException>(() => ArchivedValues.Check(bad, Tables))
            .Message.ShouldContain("run.partitions is not how the request cuts the space");
    }

    private static RunArchive WithPoint(RunArchive good, FrontPoint point)
        => good with { Fronts = [good.Fronts[0] with { Front = new Front(0, [point]) }] };

    /// <summary>One cell that was proposed, scored, labelled and put on the front.</summary>
    private static RunArchive Good()
    {
        RunRow run = StoreSamples.Run();
        IReadOnlyList<double> latencies = Tables.GetLatency("cifar10", "fpga");
        double validation = Tables.GetAccuracy("cifar10", LabelSources.Validation)[Cell];
        PartitionMap map = PartitionSchemes.Create(run.Request.PartitionScheme, run.Request.Partitions, Tables.Space, latencies);
        FrontRow front = StoreSamples.Front(0, Cell);
        return new RunArchive
        {
            FormatVersion = RunArchive.CurrentVersion,
            Space = Tables.Space.Name,
            IndexOrder = NasBench201.IndexOrder,
            Run = run with { Partitions = map.Plans },
            Heuristics = [],
            Proposals = [StoreSamples.Proposals(0, 0, Cell)],
            Scores = [new ScoresRow(0, 0, [new CandidateRow { Index = Cell, LatencyMs = latencies[Cell] }])],
            Labels = [new LabelsRow(0, [new CandidateRow { Index = Cell, Accuracy = validation, LabelledGeneration = 0 }])],
            Fronts =
            [
                front with
                {
                    Front = new Front(0,
                    [
                        front.Front.Points[0] with
                        {
                            Accuracy = validation,
                            ValidationAccuracy = validation,
                            TestAccuracy = Tables.GetAccuracy("cifar10", LabelSources.Test)[Cell],
                            LatencyMs = latencies[Cell],
                            ParamsM = Tables.Space.ParamsM(Cell, 10),
                            FlopsM = Tables.Space.FlopsM(Cell, 32, 10),
                        },
                    ]),
                },
            ],
            Spending = [],
        };
    }
}
