using PelNas.Shared.Devices;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Search;

/// <summary>
/// The step <c>VerifyFront</c>: adds the latencies that a search was told of its front to the device, and asks for those of the front that
/// this gives which are still predicted. A measurement changes the predictions of others, and so which points are on the front.
/// </summary>
public sealed class FrontVerifier(
    RunRepository runs, RunHistories histories, RunContexts contexts, DeviceRepository devices,
    LatencyEstimator estimator, LabelRepository labels, TimeProvider time)
{
    /// <summary>
    /// Runs the step and returns the architectures whose latencies have to be got; none when no point of the front is predicted.
    /// </summary>
    public async Task<IReadOnlyList<int>> VerifyAsync(string runId, int generation, CancellationToken cancellationToken)
    {
        RunRow run = await runs.GetAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        LabelRepository latencies = labels.OfLatencies;
        IReadOnlyList<LabelRow> asked = await latencies.ListAsync(runId, cancellationToken);
        MeasuredCell[] told = [.. asked.Where(latency => latency.IsTold())
            .Select(latency => new MeasuredCell(latency.Index, latency.LatencyMs))];
        string version = await AddAsync(run, told, cancellationToken);
        run = await runs.ChangeAsync(runId, stored => stored with { VerifiedTable = version }, cancellationToken);
        RunContext context = await contexts.OfAsync(run, cancellationToken);
        RunHistory history = await histories.LabelledAsync(run, generation, cancellationToken);
        int[] open =
        [
            .. LabelledFront.Of(RunCandidates.Of(history, generation + 1).Labelled, context).Select(candidate => candidate.Row.Index)
                .Where(index => context.Benchmark.Uncertainty is { } uncertainty && !uncertainty.Measured.Contains(index)),
        ];
        await latencies.AddAsync(
            runId,
            [.. open.Select(index => new LabelRow { Index = index, Generation = generation, AskedAt = time.GetUtcNow() })],
            cancellationToken);
        return open;
    }

    /// <summary>Adds measurements to the device's table in force, and returns its version then.</summary>
    private async Task<string> AddAsync(RunRow run, MeasuredCell[] told, CancellationToken cancellationToken)
    {
        (string device, string dataset) = (run.Request.Device, run.Request.Dataset);

        // A device that was removed meanwhile is kept for the runs that were planned with it.
        DeviceTable table = await devices.GetAsync(device, dataset, version: null, cancellationToken)
            ?? (await devices.GetAsync(device, dataset, run.DeviceTable, cancellationToken))!;
        if (table.Measured is not { } measured || told.All(measured.Cells.Contains))
        {
            return table.Version;
        }

        DeviceTable added = table.With(told, time.GetUtcNow(), NasBench201.Instance, estimator);
        await devices.PutAsync(added, cancellationToken);
        return added.Version;
    }
}
