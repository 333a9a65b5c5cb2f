using PelNas.Local.Durable.History;

namespace PelNas.Local.Tests.Durable.History;

public sealed class HistoryCacheTests
{
    [Fact]
    public void A_history_is_found_for_its_run_only()
    {
        HistoryCache cache = new();
        HistoryEvent[] events = [new(HistoryEventKind.OrchestratorStarted, default)];
        cache.Keep("a", "run-1", events);

        cache.Find("a", "run-1").ShouldBeSameAs(events);
        cache.Find("a", "run-2").ShouldBeNull();
        cache.Find("b", "run-1").ShouldBeNull();
        cache.Drop("a");
        cache.Find("a", "run-1").ShouldBeNull();
    }

    [Fact]
    public void It_does_not_grow_without_end()
    {
        HistoryCache cache = new();
        for (int i = 0; i < 1000; i++)
        {
            cache.Keep($"instance-{i}", "run", []);
        }

        cache.Count.ShouldBeLessThanOrEqualTo(100);
        cache.Find("instance-999", "run").ShouldNotBeNull();
    }
}
