namespace PelNas.Shared.Tests.Support;

public static class Threads
{
    /// <summary>Runs the actions at the same time, each on a thread of its own from the start.</summary>
    public static Task AtOnceAsync(int count, Func<int, Task> action)
    {
        Barrier barrier = new(count);
        return Task.WhenAll(Enumerable.Range(0, count).Select(number => Task.Factory.StartNew(
            async () =>
            {
                barrier.SignalAndWait(TimeSpan.FromMinutes(5)).ShouldBeTrue("all should have started within five minutes");
                await action(number);
            },
            Cancellation,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
    }
}
