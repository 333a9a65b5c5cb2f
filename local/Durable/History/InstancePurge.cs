using Microsoft.DurableTask.Client;

namespace PelNas.Local.Durable.History;

/// <summary>Removes instances that have ended.</summary>
internal static class InstancePurge
{
    /// <summary>The instances removed in one transaction, so that the engine is not kept waiting for long.</summary>
    private const int BatchSize = 50;

    /// <summary>Removes an instance that has ended, and perhaps its sub-orchestrations that have.</summary>
    /// <returns>The number of instances removed.</returns>
    public static int Purge(HistoryTransaction transaction, string id, bool recursive)
    {
        if (InstanceTable.Find(transaction.Connection, id) is not { HasEnded: true })
        {
            return 0;
        }

        List<InstanceRow> children = recursive ? InstanceTable.FindChildren(transaction.Connection, id) : [];
        InstanceStart.Remove(transaction, id);
        return 1 + children.Sum(child => Purge(transaction, child.Id, recursive));
    }

    /// <summary>Removes the instances that match, until none is left or the filter's time is up.</summary>
    public static PurgeResult PurgeAll(HistoryStore store, PurgeInstancesFilter filter, bool recursive, TimeProvider time, CancellationToken cancellation)
    {
        long began = time.GetTimestamp();
        int count = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            List<string> ids = store.Read(connection => InstanceMetadata.Ended(connection, filter, BatchSize));
            if (ids.Count == 0)
            {
                return new PurgeResult(count, isComplete: true);
            }

            count += store.Write(transaction => ids.Sum(id => Purge(transaction, id, recursive)));
            if (time.GetElapsedTime(began) >= filter.Timeout)
            {
                return new PurgeResult(count, isComplete: store.Read(connection => InstanceMetadata.Ended(connection, filter, 1)).Count == 0);
            }
        }
    }
}
