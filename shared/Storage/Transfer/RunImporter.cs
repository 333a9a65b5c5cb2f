using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.Transfer;

/// <summary>Writes a run into a store.</summary>
public sealed class RunImporter(RunRepository runs, DeviceRepository devices)
{
    /// <summary>
    /// Writes all of a run, once the whole archive was checked. Its row comes last: an import that was cut short is not listed and can be
    /// made again, whatever it left. A run that was deleted is there again.
    /// </summary>
    /// <returns>False when the store has a run of that id; then nothing was written.</returns>
    /// <exception cref="ArgumentException">The archive holds what cannot be; the message names the field.</exception>
    public async Task<bool> ImportAsync(RunArchive archive, CancellationToken cancellationToken)
    {
        RunArchiveCheck.Check(archive);
        string runId = archive.Run.RunId;
        if (await runs.GetAsync(runId, cancellationToken) is not null)
        {
            return false;
        }

        // What an import of another archive of this run left when it was cut short would stay beside the rows written here.
        await runs.PurgeAsync(runId, cancellationToken);
        foreach (ArchivedLatencies latencies in new[] { archive.Verified, archive.Latencies }.OfType<ArchivedLatencies>())
        {
            await devices.AddAsync(latencies.Of(archive.Run), cancellationToken);
        }

        await runs.WriteAsync(runId, archive.Rows, cancellationToken);
        if (archive.Prior is { } prior)
        {
            await runs.AddPriorAsync(runId, prior, cancellationToken);
        }

        foreach (SpendingRow spending in archive.Spending)
        {
            if (await runs.TryPutSpendingAsync(runId, spending, etag: null, cancellationToken) is null)
            {
                throw new StoreChangedException(
                    $"The run {runId} was written to while it was imported. Stop what runs it, then try again.");
            }
        }

        await runs.AddAsync(archive.Run, cancellationToken);
        return true;
    }
}

/// <summary>A run changed in a store while it was moved, or is there already. The message says what to do.</summary>
public sealed class StoreChangedException(string message) : Exception(message);
