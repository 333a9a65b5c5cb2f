namespace PelNas.Cli.Proxies;

/// <summary>
/// Work by several threads whose results come in the order of the items, each as soon as those before it are there. A thread takes the next
/// item that nobody has, and none runs far ahead: results that wait in memory for their turn are what a kill loses.
/// </summary>
internal static class OrderedWork
{
    /// <summary>How many items a thread may be ahead of the results that have been taken.</summary>
    internal const int Ahead = 4;

    /// <summary>
    /// The results. A failure is thrown as it is when its item's turn comes; the threads have ended when the enumeration has.
    /// </summary>
    public static IEnumerable<(int Item, T Result)> Run<T>(
        IReadOnlyList<int> items, int workers, Func<int, T> compute, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using SemaphoreSlim places = new(workers * Ahead);
        TaskCompletionSource<T>[] results =
            [.. items.Select(_ => new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously))];
        int last = -1;
        Task[] threads = [.. Enumerable.Range(0, workers)
            .Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        try
        {
            for (int i = 0; i < items.Count; i++)
            {
                yield return (items[i], results[i].Task.WaitAsync(cancellationToken).GetAwaiter().GetResult());
                places.Release();
            }
        }
        finally
        {
            stop.Cancel();
            Task.WaitAll(threads, CancellationToken.None);
        }

        void Work()
        {
            while (TryEnter(places, stop.Token) && Interlocked.Increment(ref last) is int i && i < items.Count)
            {
                try
                {
                    results[i].SetResult(compute(items[i]));
                }
                catch (Exception exception)
                {
                    results[i].SetException(exception);
                    return;
                }
            }
        }
    }

    private static bool TryEnter(SemaphoreSlim places, CancellationToken stop)
    {
        try
        {
            places.Wait(stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
