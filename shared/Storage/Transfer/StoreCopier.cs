using PelNas.Shared.Records;
using PelNas.Shared.Storage.Rows;

namespace PelNas.Shared.Storage.Transfer;

/// <summary>
/// Copies what a store has found into another one: runs, sweeps and uploaded latency tables. Cached answers of the proposer and keys of
/// requests stay behind: they serve searches under way, and these belong to the orchestrations of their host.
/// </summary>
public static class StoreCopier
{
    private const int PageSize = 100;

    /// <summary>
    /// Copies. Runs that the target has finished are left as they are there, so a copy that was cut short can be made again; those that it
    /// has unfinished are replaced, since they were copied while they went on. A run that no store takes is left out and reported, and the
    /// others are copied. Of sweeps and latency tables the target keeps what it has finished, or has in force, since later.
    /// </summary>
    /// <param name="from">Where to read.</param>
    /// <param name="to">Where to write.</param>
    /// <param name="progress">Receives each run that was copied or refused, or null.</param>
    public static async Task<CopyCounts> CopyAsync(
        IRowStore from, IRowStore to, IProgress<CopiedRun>? progress, CancellationToken cancellationToken)
    {
        CopyCounts counts = new(0, 0, 0, 0, 0);
        RunRepository source = new(from);
        RunExporter exporter = new(source, new DeviceRepository(from));
        string? continuation = null;
        do
        {
            RunPage page = await source.ListAsync(PageSize, continuation, cancellationToken);
            foreach (RunRow run in page.Runs)
            {
                try
                {
                    // One that was deleted since the page was read is gone for the copy too.
                    if (await exporter.ExportAsync(run.RunId, cancellationToken) is not { } archive)
                    {
                        continue;
                    }

                    bool isNew = await ReplaceAsync(to, archive, cancellationToken);
                    counts = isNew
                        ? counts with { Runs = counts.Runs + 1 }
                        : counts with { RunsThereAlready = counts.RunsThereAlready + 1 };
                    if (isNew)
                    {
                        progress?.Report(new CopiedRun(run.RunId, Refusal: null));
                    }
                }
                catch (Exception exception) when (exception is ArgumentException or RunArchiveException)
                {
                    counts = counts with { RunsRefused = counts.RunsRefused + 1 };
                    progress?.Report(new CopiedRun(run.RunId, exception.Message));
                }
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);

        return counts with
        {
            Sweeps = await CopySweepsAsync(from, to, cancellationToken),
            DeviceTables = await CopyDeviceTablesAsync(from, to, cancellationToken),
        };
    }

    private static async Task<bool> ReplaceAsync(IRowStore to, RunArchive archive, CancellationToken cancellationToken)
    {
        // Before anything is deleted for it.
        RunArchiveCheck.Check(archive);
        string runId = archive.Run.RunId;
        RunRepository target = new(to);
        if (await target.GetAsync(runId, cancellationToken) is { FinishedAt: null })
        {
            await target.PurgeAsync(runId, cancellationToken);
        }

        return await new RunImporter(target, new DeviceRepository(to)).ImportAsync(archive, cancellationToken);
    }

    private static async Task<int> CopySweepsAsync(IRowStore from, IRowStore to, CancellationToken cancellationToken)
    {
        int count = 0;
        string? continuation = null;
        do
        {
            SweepPage page = await new SweepRepository(from).ListAsync(PageSize, continuation, cancellationToken);
            foreach (SweepRow sweep in page.Sweeps)
            {
                await new SweepRepository(to)
                    .ChangeAsync(sweep.SweepId, stored => stored is { FinishedAt: not null } ? stored : sweep, cancellationToken);
                count++;
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);

        return count;
    }

    // After the runs, which add the versions that they were planned with.
    private static async Task<int> CopyDeviceTablesAsync(IRowStore from, IRowStore to, CancellationToken cancellationToken)
    {
        int count = 0;
        DeviceRepository source = new(from);
        DeviceRepository target = new(to);
        ILookup<(string, string), DeviceTableInfo> inForce = (await target.ListAsync(cancellationToken))
            .ToLookup(info => (info.Device, info.Dataset));
        foreach (DeviceTableInfo info in await source.ListAsync(cancellationToken))
        {
            if (await source.GetAsync(info.Device, info.Dataset, info.Version, cancellationToken) is { } table)
            {
                bool isLater = inForce[(info.Device, info.Dataset)].All(there => there.UploadedAt < info.UploadedAt);
                await (isLater ? target.PutAsync(table, cancellationToken) : target.AddAsync(table, cancellationToken));
                count++;
            }
        }

        return count;
    }
}

/// <summary>What a copy did.</summary>
/// <param name="RunsThereAlready">Runs that the target had finished.</param>
/// <param name="RunsRefused">Runs that no store takes.</param>
public sealed record CopyCounts(int Runs, int RunsThereAlready, int Sweeps, int DeviceTables, int RunsRefused = 0);

/// <summary>What became of a run in a copy.</summary>
/// <param name="Refusal">Why it was not copied; null when it was.</param>
public sealed record CopiedRun(string RunId, string? Refusal);
