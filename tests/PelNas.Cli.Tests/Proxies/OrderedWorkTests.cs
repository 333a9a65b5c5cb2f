using PelNas.Cli.Proxies;

namespace PelNas.Cli.Tests.Proxies;

public sealed class OrderedWorkTests
{
    private static readonly int[] Items = [.. Enumerable.Range(0, 600).Select(i => 3 * i)];

    /// <summary>With a range for each thread the second half would be begun with no row taken.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Rows_grow_evenly_and_in_order(int workers)
    {
        List<int> rows = [];
        int taken = 0;
        foreach ((int item, int ahead) in OrderedWork.Run(Items, workers, item => (item / 3) - Volatile.Read(ref taken), Cancellation))
        {
            ahead.ShouldBeLessThan(workers * OrderedWork.Ahead);
            rows.Add(item);
            Volatile.Write(ref taken, rows.Count);
        }

        rows.ShouldBe(Items);
    }

    [Fact]
    public void The_threads_work_at_the_same_time()
    {
        using Barrier both = new(2);
        OrderedWork.Run(Items, 2, _ => both.SignalAndWait(TimeSpan.FromMinutes(5)), Cancellation).ShouldAllBe(row => row.Result);
    }

    [Fact]
    public void A_failure_comes_after_the_rows_before_it_and_as_it_was_thrown()
    {
        List<int> rows = [];
        Should.Throw<InvalidDataException>(() =>
        {
            foreach ((int item, int _) in OrderedWork.Run(
                Items, 2, item => item >= 300 ? throw new InvalidDataException() : item, Cancellation))
            {
                rows.Add(item);
            }
        });
        rows.ShouldBe(Items[..100]);
    }

    [Fact]
    public void Ends_when_cancelled_or_no_longer_asked()
    {
        using CancellationTokenSource cancelled = new();
        Should.Throw<OperationCanceledException>(() =>
        {
            foreach ((int item, int _) in OrderedWork.Run(Items, 2, item => item, cancelled.Token))
            {
                if (item == 300)
                {
                    cancelled.Cancel();
                }

                // A thread that is waiting for a place when the work is cancelled may still get one.
                item.ShouldBeLessThan(300 + (3 * 2 * (OrderedWork.Ahead + 1)));
            }
        });

        int begun = 0;
        OrderedWork.Run(Items, 2, _ => Interlocked.Increment(ref begun), Cancellation).First().Item.ShouldBe(0);
        begun.ShouldBeInRange(1, (2 * OrderedWork.Ahead) + 1);
    }
}
