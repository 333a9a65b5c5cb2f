namespace PelNas.Shared.Tests.Predictor;

public class PosteriorFrontsTests
{
    private static readonly BenchmarkContext Context = StepHarness.Tables.GetContext("cifar10", "fpga");
    private static readonly FunctionTable Functions = FunctionTable.Create(Context.Space, []);

    private static readonly FunctionProcess Process = FunctionProcess.Fit(
        Functions, [.. Enumerable.Range(0, 60).Select(i => (i * 88, Context.TestAccuracy[Functions.Cells[i * 88][0]]))],
        new PosteriorMode(usePaths: true, useScores: false));

    private static readonly int[] Cells = [.. Enumerable.Range(0, 40).Select(i => Functions.Cells[(i * 131) + 5][0])];

    [Fact]
    public void With_nothing_labelled_the_fastest_cell_is_on_every_front() => Draw([]).Shares[0].ShouldBe(1, 1e-9);

    [Fact]
    public void Under_a_perfect_label_no_cell_is_on_the_front_or_gains()
    {
        PosteriorFronts fronts = Draw([(0, 100)]);

        fronts.Shares.ShouldAllBe(share => share == 0);
        fronts.Gains.ShouldAllBe(gain => gain == 0);
    }

    [Fact]
    public void Of_cells_of_one_latency_one_is_on_each_front()
    {
        PosteriorFronts fronts = PosteriorFronts.Draw(
            Functions, Process, new LabelledStaircase([], (1, 10), Process.Scale), Cells, [.. Cells.Select(_ => 5.0)],
            slowest: 10, new Random(1));

        fronts.Shares.Sum().ShouldBe(1, 1e-9);
    }

    [Fact]
    public void A_cell_gains_just_when_it_is_on_a_front()
    {
        PosteriorFronts fronts = Draw([(3, 80), (6, 90)]);

        fronts.Shares.Zip(fronts.Gains).ShouldAllBe(pair => (pair.First > 0) == (pair.Second > 0));
        fronts.Shares.ShouldContain(share => share > 0);
    }

    [Fact]
    public void A_cell_whose_latency_is_uncertain_may_be_on_the_front_where_its_mean_is_not()
    {
        LabelledStaircase found = new([], (1, 10), Process.Scale);
        double[] latencies = [.. Cells.Select((_, place) => 5 + (place / 100.0))];
        PosteriorFronts certain = PosteriorFronts.Draw(Functions, Process, found, Cells, latencies, slowest: 10, new Random(1));
        PosteriorFronts uncertain = PosteriorFronts.Draw(
            Functions, Process, found, Cells, latencies, slowest: 10, new Random(1), [.. Cells.Select(_ => 1.0)]);

        certain.Shares[0].ShouldBe(1, 1e-9);
        uncertain.Shares[0].ShouldBeLessThan(0.5);
        uncertain.Shares.Count(share => share > 0).ShouldBeGreaterThan(certain.Shares.Count(share => share > 0));
    }

    private static PosteriorFronts Draw((double, double)[] labelled)
        => PosteriorFronts.Draw(
            Functions, Process, new LabelledStaircase(labelled, (1, 10), Process.Scale),
            Cells, [.. Cells.Select((_, place) => 1 + (place / 5.0))], slowest: 10, new Random(1));
}
