namespace PelNas.Shared.Tests.Predictor;

public class AcquisitionFunctionTests
{
    private static readonly BenchmarkContext Context = StepHarness.Tables.GetContext("cifar10", "fpga");
    private static readonly FunctionTable Functions = FunctionTable.Create(
        Context.Space, TrainingFreeScores.Of(StepHarness.Tables, DatasetShape.Of("cifar10")));

    private static readonly int[] Labelled = [.. Enumerable.Range(0, 40).Select(i => i * 389 % 15_625).Where(Context.Space.IsConnected)];
    private static readonly int[] Open = [.. Enumerable.Range(0, Context.Space.Size).Except(Labelled)];

    private static readonly AccuracyPredictor Predictor = AccuracyPredictor.Train(
        Functions, 10, PredictorInputs.Both, Labelled.Select(index => (index, Context.TestAccuracy[index])))!;

    private static readonly LabelledStaircase Found = new(
        Labelled.Select(index => (Context.LatencyMs[index], Context.TestAccuracy[index])), Context.LatencyRangeMs, Predictor.Scale);

    [Fact]
    public void A_batch_improves_the_front_more_than_as_many_random_labels()
    {
        double before = Hypervolume([]);
        double chosen = Hypervolume(Choose(Open, 10));
        double random = Enumerable.Range(1, 5).Average(seed =>
        {
            int[] shuffled = [.. Open];
            new Random(seed).Shuffle(shuffled);
            return Hypervolume(shuffled.Take(10));
        });

        (chosen - before).ShouldBeGreaterThan(3 * (random - before));
    }

    [Fact]
    public void A_batch_has_as_many_distinct_cells_as_asked_for() => Choose(Open, 37).Distinct().Count().ShouldBe(37);

    [Fact]
    public void Fewer_cells_than_asked_for_are_all_chosen()
        => Choose([.. Open.Where(Context.Space.IsConnected).Take(4)], 9).Count.ShouldBe(4);

    [Fact]
    public void Cells_without_a_live_path_are_passed_over()
        => Choose([.. Enumerable.Range(0, Context.Space.Size).Where(index => !Context.Space.IsConnected(index))], 5).ShouldBeEmpty();

    [Fact]
    public void The_choice_does_not_depend_on_the_order_of_the_cells() => Choose([.. Open.Reverse()], 12).ShouldBe(Choose(Open, 12));

    [Fact]
    public void Most_vetoes_are_kept()
    {
        IReadOnlyList<int> free = Choose(Open, 12);
        IReadOnlyList<int> advised = Choose(Open, 12, new ProposerCounsel(free.Contains, []));

        advised.Count.ShouldBe(12);
        advised.Intersect(free).Count().ShouldBeLessThan(free.Count / 2);
    }

    [Fact]
    public void Where_all_is_vetoed_labels_are_paid_all_the_same()
        => Choose([.. Open.Take(50)], 5, new ProposerCounsel(_ => true, [])).Count.ShouldBe(5);

    private static IReadOnlyList<int> Choose(int[] open, int count, ProposerCounsel? counsel = null)
        => AcquisitionFunction.Choose(Functions, Predictor.Process, Found, open, Context.LatencyMs, count, new Random(1), counsel);

    private static double Hypervolume(IEnumerable<int> more)
        => Context.Metrics.Evaluate(Labelled.Concat(more), LabelSources.Test).Hypervolume;
}
