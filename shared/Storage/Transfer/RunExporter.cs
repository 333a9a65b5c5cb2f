using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Storage.Transfer;

/// <summary>Reads a run out of a store.</summary>
public sealed class RunExporter(RunRepository runs, DeviceRepository devices)
{
    /// <summary>
    /// All of a run, or null when there is none of that id. Of a run that still goes on it is what its finished generations have written.
    /// </summary>
    public async Task<RunArchive?> ExportAsync(string runId, CancellationToken cancellationToken)
    {
        if (await runs.GetAsync(runId, cancellationToken) is not { } run)
        {
            return null;
        }

        if (run.Request.Space is { } space)
        {
            throw new RunArchiveException(
                $"The run {runId} is in the space {space}, and only runs in {NasBench201.Instance.Name} can be exported.");
        }

        // A store is read page by page: rows of a generation in hand might be read without those that were written before them. A
        // generation with a front is whole.
        int last = run.FinishedAt is not null
            ? int.MaxValue
            : (await runs.GetHistoryAsync(runId, cancellationToken)).Front?.Round.Generation ?? -1;
        IReadOnlyList<IGenerationRow> rows = last < 0 ? [] : await runs.ReadAsync(runId, 0, last, cancellationToken);
        return new RunArchive
        {
            FormatVersion = RunArchive.CurrentVersion,
            Space = NasBench201.Instance.Name,
            IndexOrder = NasBench201.IndexOrder,
            Run = run,
            Latencies = await LatenciesAsync(run, run.DeviceTable, cancellationToken),
            Verified = await LatenciesAsync(run, run.VerifiedTable, cancellationToken),
            Heuristics = [.. rows.OfType<HeuristicsRow>()],
            Proposals = [.. rows.OfType<ProposalsRow>()],
            Scores = [.. rows.OfType<ScoresRow>()],
            Labels = [.. rows.OfType<LabelsRow>()],
            Fronts = [.. rows.OfType<FrontRow>()],
            Spending = await runs.ListSpendingAsync(runId, cancellationToken),
            Prior = await runs.GetPriorAsync(runId, cancellationToken),
        };
    }

    private async Task<ArchivedLatencies?> LatenciesAsync(RunRow run, string? version, CancellationToken cancellationToken)
        => version is not null && await devices.GetAsync(run.Request.Device, run.Request.Dataset, version, cancellationToken) is { } table
            ? new ArchivedLatencies(table.UploadedAt, table.LatencyMs, table.Measured, table.Setup)
            : null;
}
