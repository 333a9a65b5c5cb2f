namespace PelNas.Shared.Tests.Predictor;

public class SeedOrderTests
{
    private static readonly BenchmarkContext Context = StepHarness.Tables.GetContext("cifar100", "eyeriss");

    [Fact]
    public void Training_free_scores_promise_more_than_chance_gives()
    {
        FunctionTable functions = FunctionTable.Create(
            Context.Space, TrainingFreeScores.Of(StepHarness.Tables, DatasetShape.Of("cifar100")));
        int[] all = [.. Enumerable.Range(0, Context.Space.Size).Where(Context.Space.IsConnected)];

        IReadOnlyList<int> order = SeedOrder.Of(functions, Context.LatencyMs, _ => true);

        double chance = Enumerable.Range(1, 10).Average(seed =>
        {
            int[] drawn = [.. all];
            new Random(seed).Shuffle(drawn);
            return Context.Metrics.Evaluate(drawn.Take(order.Count), LabelSources.Test).LiveHypervolumeRatio;
        });
        order.Count.ShouldBe(12);
        Context.Metrics.Evaluate(order, LabelSources.Test).LiveHypervolumeRatio.ShouldBeGreaterThan(chance + 0.1);
    }

    [Fact]
    public void Without_scores_nothing_is_promised()
        => SeedOrder.Of(FunctionTable.Create(Context.Space, []), Context.LatencyMs, _ => true).ShouldBeEmpty();
}
