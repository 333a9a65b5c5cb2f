namespace PelNas.Shared.Storage.Transfer;

/// <summary>
/// Copies what a store has found into another one: runs, sweeps and uploaded latency tables. Cached answers of the proposer and claimed
/// keys stay behind: they serve searches under way, and these belong to the orchestrations of their host.
/// </summary>
public static class StoreCopier
{
    private const int PageSize = 100;

    /// <summary>
    /// Copies. Runs that the target has finished are left as they are there, so a copy that was cut short can be made again; those that it
    /// has unfinished are replaced, since they were copied while they went on.
    /// </summary>
    /// <param name="from">Where to read.</param>
    /// <param name="to">Where to write.</param>
    /// <param name="copied">Told of each run that was copied, or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<CopyCounts> CopyAsync(IRunStore from, IRunStore to, IProgress<string>? copied, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        CopyCounts counts = new(0, 0, 0, 0);
        string? continuation = null;
        do
        {
            RunPage page = await from.ListRunsAsync(PageSize, continuation, cancellationToken);
            foreach (RunRow run in page.Runs)
            {
                // One that was deleted since the page was read is gone for the copy too.
                if (await RunExporter.ExportAsync(from, run.RunId, cancellationToken) is not { } archive)
                {
                    continue;
                }

                if (await to.GetRunAsync(run.RunId, cancellationToken) is { FinishedAt: null })
                {
                    await to.DeleteRunAsync(run.RunId, cancellationToken);
                }

                bool isNew = await RunImporter.ImportAsync(to, archive, cancellationToken);
                counts = isNew ? counts with { Runs = counts.Runs + 1 } : counts with { RunsThereAlready = counts.RunsThereAlready + 1 };
                if (isNew)
                {
                    copied?.Report(run.RunId);
                }
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);

        return counts with { Sweeps = await CopySweepsAsync(from, to, cancellationToken), DeviceTables = await CopyDeviceTablesAsync(from, to, cancellationToken) };
    }

    private static async Task<int> CopySweepsAsync(IRunStore from, IRunStore to, CancellationToken cancellationToken)
    {
        int count = 0;
        string? continuation = null;
        do
        {
            SweepPage page = await from.ListSweepsAsync(PageSize, continuation, cancellationToken);
            foreach (SweepRow sweep in page.Sweeps)
            {
                await to.PutSweepAsync(sweep, cancellationToken);
                count++;
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);

        return count;
    }

    // After the runs, which add the versions that they were planned with.
    private static async Task<int> CopyDeviceTablesAsync(IRunStore from, IRunStore to, CancellationToken cancellationToken)
    {
        int count = 0;
        foreach (DeviceTableInfo info in await from.ListDeviceTablesAsync(cancellationToken))
        {
            if (await from.GetDeviceTableAsync(info.Device, info.Dataset, info.Version, cancellationToken) is { } table)
            {
                await to.PutDeviceTableAsync(table, cancellationToken);
                count++;
            }
        }

        return count;
    }
}

/// <summary>What a copy did.</summary>
/// <param name="Runs">Runs copied.</param>
/// <param name="RunsThereAlready">Runs that the target had finished.</param>
/// <param name="Sweeps">Sweeps copied.</param>
/// <param name="DeviceTables">Latency tables copied.</param>
public sealed record CopyCounts(int Runs, int RunsThereAlready, int Sweeps, int DeviceTables);
