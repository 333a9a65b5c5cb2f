namespace PelNas.Shared.Tests.Common;

public sealed class OldestFirstCacheTests
{
    private readonly List<string> _made = [];
    private readonly OldestFirstCache<string, string> _cache = new(3);

    [Fact]
    public void Only_the_one_that_was_made_first_goes()
    {
        foreach (string key in new[] { "a", "b", "c", "a", "d", "b", "c", "d", "a" })
        {
            Get(key).ShouldBe(key);
        }

        _made.ShouldBe(["a", "b", "c", "d", "a"]);
    }

    [Fact]
    public void A_failure_is_not_kept()
    {
        Should.Throw<InvalidOperationException>(() => _cache.GetOrAdd("a", () => throw new InvalidOperationException("No memory.")));
        Get("a").ShouldBe("a");
        Get("a").ShouldBe("a");
        _made.ShouldBe(["a"]);
    }

    [Fact]
    public async Task Those_who_ask_at_once_wait_for_one()
    {
        using Barrier start = new(4);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(Cancellation);
                Get("a").ShouldBe("a");
            },
            Cancellation,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        _made.ShouldBe(["a"]);
    }

    private string Get(string key) => _cache.GetOrAdd(key, () =>
    {
        _made.Add(key);
        return key;
    });
}
