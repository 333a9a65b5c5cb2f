namespace PelNas.Shared.Tests.Torch.Proxies;

public class CollectedScalarsTests
{
    [Fact]
    public async Task Scores_are_right_while_the_garbage_collector_frees_what_it_can()
    {
        byte[] genotype = SmallRun.Genotype(SmallRun.Alive);
        using ProxyScorer scorer = new(SmallRun.Small, ZeroCostProxies.Names);
        IReadOnlyList<ProxyScore> expected = scorer.Score(genotype);

        using CancellationTokenSource done = new();
        Task collector = Task.Factory.StartNew(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    GC.Collect(0);
                    GC.WaitForPendingFinalizers();
                }
            },
            Cancellation,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            for (int i = 0; i < 60; i++)
            {
                scorer.Score(genotype).ShouldBe(expected);
            }
        }
        finally
        {
            await done.CancelAsync();
            await collector;
        }
    }
}
