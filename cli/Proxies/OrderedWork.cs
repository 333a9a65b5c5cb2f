namespace PelNas.Cli.Proxies;

/// <summary>
/// Work by several threads whose results come in the order of the items, each as soon as those before it are there. None runs far ahead:
/// results that wait in memory for their turn are what a kill loses.
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
        TaskScheduler threads = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, workers).ConcurrentScheduler;
        Queue<Task<T>> begun = [];
        try
        {
            for (int next = 0, taken = 0; taken < items.Count; taken++)
            {
                for (; next < items.Count && begun.Count < workers * Ahead; next++)
                {
                    int item = items[next];
                    begun.Enqueue(Task.Factory.StartNew(() => compute(item), stop.Token, TaskCreationOptions.None, threads));
                }

                yield return (items[taken], begun.Peek().WaitAsync(cancellationToken).GetAwaiter().GetResult());
                begun.Dequeue();
            }
        }
        finally
        {
            stop.Cancel();
            Task.WhenAll(begun).ContinueWith(_ => { }, TaskScheduler.Default).Wait(CancellationToken.None);
        }
    }
}
